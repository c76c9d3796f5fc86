// SPDX-License-Identifier: Apache-2.0
package dev.v6.benchmarks.start;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.Manifest;

/**
 * A service to start, laid out as Jib lays it out.
 *
 * @param name for the table
 * @param main its main class
 * @param classPath without v6
 */
record Service(String name, String main, List<Path> classPath) {

    /**
     * The sample {@code hello}.
     *
     * @param classes its classes
     */
    static Service hello(Path classes) {
        return new Service("hello", "dev.v6.samples.hello.Hello", List.of(classes));
    }

    /**
     * A Spring Boot jar, unpacked, without v6 and what only v6 needs of it.
     *
     * @param jar with BOOT-INF
     * @param directory where to
     */
    static Service spring(Path jar, Path directory) throws IOException {
        String main;
        try (JarInputStream in = new JarInputStream(Files.newInputStream(jar))) {
            Manifest manifest = in.getManifest();
            main = manifest.getMainAttributes().getValue("Start-Class");
            for (JarEntry entry = in.getNextJarEntry(); entry != null; entry = in.getNextJarEntry()) {
                String inside = entry.getName();
                if (inside.startsWith("BOOT-INF/") && !entry.isDirectory() && !inside.contains("..")) {
                    unpack(in, directory.resolve(inside));
                }
            }
        }
        List<Path> classPath = new ArrayList<>(List.of(directory.resolve("BOOT-INF/classes")));
        try (DirectoryStream<Path> libraries = Files.newDirectoryStream(directory.resolve("BOOT-INF/lib"))) {
            for (Path library : libraries) {
                String name = library.getFileName().toString();
                if (!name.startsWith("v6-runtime") && !name.startsWith("netty-")) {
                    classPath.add(library);
                }
            }
        }
        return new Service("spring-boot", main, classPath);
    }

    private static void unpack(InputStream in, Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.copy(in, file);
    }
}
