// SPDX-License-Identifier: Apache-2.0

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Sets ACC_VARARGS (JVMS 4.6) on a method of a class file, which javac would do for an array at the end alone. Since JEP 416
 * the JDK calls a method by reflection through method handles that it spins first, 13 ms at a JVM's start; one with this
 * flag and no array it calls natively, as all JDKs before did.
 *
 * <p>Arguments: the class file, the method. Done twice is done once.
 */
final class MarkVarargs {
    private static final int ACC_VARARGS = 0x80;

    private final byte[] file;
    private final DataInputStream in;
    private String[] words = {};

    private MarkVarargs(byte[] file) {
        this.file = file;
        this.in = new DataInputStream(new ByteArrayInputStream(file));
    }

    public static void main(String[] args) throws IOException {
        Path path = Path.of(args[0]);
        byte[] file = Files.readAllBytes(path);
        if (!new MarkVarargs(file).mark(args[1])) {
            throw new IOException(path + " has no method " + args[1] + ". Name one of its methods.");
        }
        Files.write(path, file);
    }

    private boolean mark(String method) throws IOException {
        in.skipNBytes(8); // magic number, version
        constants();
        in.skipNBytes(6); // flags, class, superclass
        in.skipNBytes(2L * in.readUnsignedShort()); // interfaces
        boolean unused = members(""); // fields
        return members(method);
    }

    /** JVMS 4.4. */
    private void constants() throws IOException {
        words = new String[in.readUnsignedShort()];
        for (int i = 1; i < words.length; i++) {
            int tag = in.readUnsignedByte();
            switch (tag) {
                case 1 -> words[i] = in.readUTF();
                case 7, 8, 16, 19, 20 -> in.skipNBytes(2);
                case 15 -> in.skipNBytes(3);
                case 3, 4, 9, 10, 11, 12, 17, 18 -> in.skipNBytes(4);
                case 5, 6 -> {
                    in.skipNBytes(8);
                    i++; // these take two places
                }
                default -> throw new IOException("The constant pool has a tag " + tag + ". Teach it to this program.");
            }
        }
    }

    /** JVMS 4.5 and 4.6, which have one form. */
    private boolean members(String wanted) throws IOException {
        boolean found = false;
        for (int left = in.readUnsignedShort(); left > 0; left--) {
            int at = file.length - in.available();
            in.skipNBytes(2);
            boolean it = wanted.equals(words[in.readUnsignedShort()]);
            if (it) {
                file[at + 1] |= (byte) ACC_VARARGS;
            }
            found |= it;
            in.skipNBytes(2);
            for (int attributes = in.readUnsignedShort(); attributes > 0; attributes--) {
                in.skipNBytes(2);
                in.skipNBytes(in.readInt());
            }
        }
        return found;
    }
}
