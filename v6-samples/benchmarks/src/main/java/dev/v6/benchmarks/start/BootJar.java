// SPDX-License-Identifier: Apache-2.0
package dev.v6.benchmarks.start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** What {@code v6:build} puts beside the agent, for its classes to come from the boot class path. */
final class BootJar {
    private BootJar() {}

    /**
     * Writes one, which ends with this program.
     *
     * @param agent the jar with the classes
     * @param premain the agent's first class
     */
    static Path of(Path agent, String premain) throws IOException {
        Path jar = Files.createTempFile("boot", ".jar");
        jar.toFile().deleteOnExit();
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", premain);
        manifest.getMainAttributes()
                .putValue("Boot-Class-Path", agent.toAbsolutePath().toString());
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
        return jar;
    }
}
