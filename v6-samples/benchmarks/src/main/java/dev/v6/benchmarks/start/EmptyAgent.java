// SPDX-License-Identifier: Apache-2.0
package dev.v6.benchmarks.start;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** An agent that does nothing: what the JVM takes for any agent. */
public final class EmptyAgent {
    private EmptyAgent() {}

    /**
     * Does nothing. The form with one parameter would take longer: the JVM asks for this one first, and what it makes of
     * not finding it takes milliseconds.
     *
     * @param arguments not read
     * @param jvm not used
     */
    public static void premain(String arguments, Instrumentation jvm) {}

    /** Its jar, which ends with this program. */
    static Path jar() throws IOException {
        Path jar = Files.createTempFile("empty-agent", ".jar");
        jar.toFile().deleteOnExit();
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(new Attributes.Name("Premain-Class"), EmptyAgent.class.getName());
        String file = EmptyAgent.class.getName().replace('.', '/') + ".class";
        try (InputStream in = Objects.requireNonNull(EmptyAgent.class.getResourceAsStream('/' + file));
                JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            out.putNextEntry(new JarEntry(file));
            in.transferTo(out);
        }
        return jar;
    }
}
