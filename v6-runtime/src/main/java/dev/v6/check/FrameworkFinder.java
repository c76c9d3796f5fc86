// SPDX-License-Identifier: Apache-2.0
package dev.v6.check;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;

/**
 * Tells a JVM's framework by its class path: the names of the jars, or, where there is one jar with all in it, what that
 * says of itself. No class is loaded.
 */
final class FrameworkFinder {
    /** More are not opened: a class path may have a thousand jars, and each is named after what is in it. */
    private static final int MOST_OPENED = 2;

    private final ServiceJvm jvm;
    private final List<Path> classPath = new ArrayList<>();

    private FrameworkFinder(ServiceJvm jvm) {
        this.jvm = jvm;
        for (String name : jvm.classPath().split(File.pathSeparator, -1)) {
            if (!name.isEmpty()) {
                add(name);
            }
        }
    }

    /** What to change in a JVM for its sockets to take both families. */
    static String remedy(ServiceJvm jvm, String catalogue) {
        FrameworkFinder finder = new FrameworkFinder(jvm);
        Framework framework = finder.framework();
        return framework.toWildcard(finder.set(framework), catalogue);
    }

    private void add(String name) {
        if (!name.endsWith("/*") && !name.equals("*")) {
            classPath.add(jvm.path(name));
            return;
        }
        String[] jars = jvm.path(name.substring(0, name.length() - 1)).toFile().list();
        for (String jar : jars == null ? new String[0] : jars) {
            classPath.add(jvm.path(name.substring(0, name.length() - 1) + jar));
        }
    }

    private Framework framework() {
        for (Path path : classPath) {
            Framework named = byName(String.valueOf(path.getFileName()));
            if (named != Framework.JAVA) {
                return named;
            }
        }
        int opened = 0;
        for (Path path : classPath) {
            if (opened < MOST_OPENED && path.toString().endsWith(".jar")) {
                opened++;
                Framework within = within(path);
                if (within != Framework.JAVA) {
                    return within;
                }
            }
        }
        return Framework.JAVA;
    }

    /** Spring Boot, Quarkus and Micronaut may have Vert.x or each other's parts with them, so the order counts. */
    private static Framework byName(String jar) {
        if (jar.startsWith("spring-boot-") || jar.startsWith("org.springframework.boot.spring-boot-")) {
            return Framework.SPRING_BOOT;
        }
        if (jar.startsWith("quarkus-") || jar.startsWith("io.quarkus.")) {
            return Framework.QUARKUS;
        }
        if (jar.startsWith("micronaut-http-server")) {
            return Framework.MICRONAUT;
        }
        return jar.startsWith("vertx-core") ? Framework.VERTX : Framework.JAVA;
    }

    private static Framework within(Path path) {
        try (JarFile jar = new JarFile(path.toFile(), false)) {
            Manifest manifest = jar.getManifest();
            Attributes main = manifest == null ? new Attributes() : manifest.getMainAttributes();
            String program = String.valueOf(main.getValue(Attributes.Name.MAIN_CLASS));
            if (main.getValue("Spring-Boot-Version") != null || program.startsWith("org.springframework.boot.")) {
                return Framework.SPRING_BOOT;
            }
            if (program.startsWith("io.quarkus.")) {
                return Framework.QUARKUS;
            }
            for (String name :
                    String.valueOf(main.getValue(Attributes.Name.CLASS_PATH)).split(" ", -1)) {
                Framework named = byName(name.substring(name.lastIndexOf('/') + 1));
                if (named != Framework.JAVA) {
                    return named;
                }
            }
            return byEntry(jar);
        } catch (IOException | SecurityException e) {
            return Framework.JAVA; // what cannot be opened says nothing
        }
    }

    /** One jar into which all others were unpacked. */
    private static Framework byEntry(JarFile jar) {
        if (jar.getEntry("org/springframework/boot/SpringApplication.class") != null) {
            return Framework.SPRING_BOOT;
        }
        if (jar.getEntry("io/quarkus/runtime/Application.class") != null) {
            return Framework.QUARKUS;
        }
        if (jar.getEntry("io/micronaut/http/server/HttpServerConfiguration.class") != null) {
            return Framework.MICRONAUT;
        }
        return jar.getEntry("io/vertx/core/Vertx.class") != null ? Framework.VERTX : Framework.JAVA;
    }

    /** What the framework's setting of the address says and where, as these are asked: flags, environment, file. */
    private String set(Framework framework) {
        String property = framework.property();
        if (property.isEmpty()) {
            return "";
        }
        String flag = jvm.property(property);
        if (flag != null) {
            return "-D" + property + "=" + flag + " is set " + jvm.source(property);
        }
        String variable = jvm.environment().get(framework.variable());
        if (variable != null) {
            return framework.variable() + " is '" + variable + "' in the environment";
        }
        String file = inFile(property);
        return file == null ? "" : property + " is '" + file + "' in application.properties";
    }

    private @Nullable String inFile(String property) {
        int opened = 0;
        for (Path path : classPath) {
            String found = null;
            if (Files.isDirectory(path)) {
                found = inDirectory(path, property);
            } else if (opened < MOST_OPENED) {
                opened++;
                found = inJar(path, property);
            }
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static @Nullable String inDirectory(Path directory, String property) {
        Path file = directory.resolve("application.properties");
        if (!Files.isReadable(file)) {
            return null;
        }
        try (InputStream in = Files.newInputStream(file)) {
            return value(in, property);
        } catch (IOException | IllegalArgumentException e) {
            return null;
        }
    }

    private static @Nullable String inJar(Path path, String property) {
        try (JarFile jar = new JarFile(path.toFile(), false)) {
            ZipEntry entry = jar.getEntry("BOOT-INF/classes/application.properties");
            if (entry == null) {
                entry = jar.getEntry("application.properties");
            }
            if (entry == null) {
                return null;
            }
            try (InputStream in = jar.getInputStream(entry)) {
                return value(in, property);
            }
        } catch (IOException | SecurityException | IllegalArgumentException e) {
            return null;
        }
    }

    private static @Nullable String value(InputStream in, String property) throws IOException {
        Properties all = new Properties();
        all.load(in);
        return all.getProperty(property);
    }
}
