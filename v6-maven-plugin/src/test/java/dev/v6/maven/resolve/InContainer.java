// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.resolve;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs in a container, with the JDK alone. {@code jdk NAME…} looks names up as a service does; {@code servers NAME…} asks each
 * server that resolv.conf and the engine's comment in it name, and prints all that any of them says: what could be known.
 */
final class InContainer {
    private static final int LIMIT_SECONDS = 15;
    private static final int TIMEOUT_MILLIS = 1500;
    private static final int TYPE_A = 1;
    private static final int TYPE_AAAA = 28;
    private static final int TRUNCATED = 0x0200;
    private static final Pattern ADDRESS = Pattern.compile("[0-9a-fA-F:.]*[:.][0-9a-fA-F:.]+");

    private InContainer() {}

    public static void main(String[] args) throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
        });
        List<String> conf = Files.readAllLines(Path.of("/etc/resolv.conf"));
        List<Future<String>> lines = new ArrayList<>();
        for (String name : List.of(args).subList(1, args.length)) {
            lines.add(threads.submit(() -> args[0].equals("jdk") ? lookup(name) : ask(conf, name)));
        }
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        for (int i = 0; i < lines.size(); i++) {
            System.out.println(args[i + 1] + "=" + result(lines.get(i), end));
        }
        System.exit(0);
    }

    private static String result(Future<String> line, long end) throws InterruptedException {
        try {
            return line.get(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return "late";
        } catch (ExecutionException e) {
            return "failed: " + e.getCause();
        }
    }

    private static String lookup(String name) {
        try {
            Set<String> found = new TreeSet<>();
            for (InetAddress address : InetAddress.getAllByName(name)) {
                found.add(address.getHostAddress());
            }
            return String.join(",", found);
        } catch (UnknownHostException e) {
            return "";
        }
    }

    private static String ask(List<String> conf, String name) throws IOException {
        Set<String> found = new TreeSet<>();
        for (String server : servers(conf)) {
            for (String whole : candidates(conf, name)) {
                for (int type : new int[] {TYPE_A, TYPE_AAAA}) {
                    found.addAll(ask(InetAddress.getByName(server), whole, type));
                }
            }
        }
        return String.join(",", found);
    }

    private static Set<String> servers(List<String> conf) {
        Set<String> servers = new LinkedHashSet<>();
        for (String line : conf) {
            if (line.startsWith("nameserver ")) {
                servers.add(line.substring("nameserver ".length()).trim());
            } else if (line.startsWith("# ExtServers:")) {
                Matcher each = ADDRESS.matcher(line.substring("# ExtServers:".length()));
                while (each.find()) {
                    servers.add(each.group());
                }
            }
        }
        return servers;
    }

    private static List<String> candidates(List<String> conf, String name) {
        List<String> names = new ArrayList<>(List.of(name));
        for (String line : conf) {
            if (line.startsWith("search ")) {
                for (String domain : line.substring("search ".length()).trim().split(" ", -1)) {
                    names.add(name + "." + domain);
                }
            }
        }
        return names;
    }

    private static Set<String> ask(InetAddress server, String name, int type) throws IOException {
        byte[] question = question(name, type);
        for (int attempt = 0; attempt < 2; attempt++) {
            try (DatagramSocket socket = new DatagramSocket()) {
                socket.connect(new InetSocketAddress(server, 53));
                socket.setSoTimeout(TIMEOUT_MILLIS);
                socket.send(new DatagramPacket(question, question.length));
                DatagramPacket packet = new DatagramPacket(new byte[4096], 4096);
                socket.receive(packet);
                ByteBuffer reply = ByteBuffer.wrap(packet.getData(), 0, packet.getLength());
                boolean whole = (reply.getShort(2) & TRUNCATED) == 0;
                return addresses(whole ? reply : overTcp(server, question), type);
            } catch (IOException notHere) {
                // Out of reach, or lost: once more, and then it says nothing.
            }
        }
        return Set.of();
    }

    private static ByteBuffer overTcp(InetAddress server, byte[] question) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(server, 53), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            out.writeShort(question.length);
            out.write(question);
            DataInputStream in = new DataInputStream(socket.getInputStream());
            byte[] reply = new byte[in.readUnsignedShort()];
            in.readFully(reply);
            return ByteBuffer.wrap(reply);
        }
    }

    /** RFC 1035, section 4. */
    private static byte[] question(String name, int type) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        for (int word : new int[] {0x7636, 0x0100, 1, 0, 0, 0}) {
            out.writeShort(word);
        }
        for (String label : name.split("\\.", -1)) {
            byte[] text = label.getBytes(StandardCharsets.US_ASCII);
            out.writeByte(text.length);
            out.write(text);
        }
        out.writeByte(0);
        out.writeShort(type);
        out.writeShort(1);
        return bytes.toByteArray();
    }

    private static Set<String> addresses(ByteBuffer reply, int type) throws IOException {
        Set<String> found = new TreeSet<>();
        int answers = reply.getShort(6);
        reply.position(12);
        skipName(reply);
        reply.position(reply.position() + 4);
        for (int i = 0; i < answers; i++) {
            skipName(reply);
            int kind = reply.getShort();
            reply.position(reply.position() + 6);
            byte[] data = new byte[reply.getShort() & 0xffff];
            reply.get(data);
            if (kind == type) {
                found.add(InetAddress.getByAddress(data).getHostAddress());
            }
        }
        return found;
    }

    private static void skipName(ByteBuffer message) {
        for (int length = message.get() & 0xff; length != 0; length = message.get() & 0xff) {
            if (length >= 0xc0) {
                message.get();
                return;
            }
            message.position(message.position() + length);
        }
    }
}
