// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven;

import dev.v6.maven.engine.EngineException;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the class that a project starts with, where nothing names it. */
final class MainClass {
    private static final String SUFFIX = ".class";

    private MainClass() {}

    /** The only class among the project's own with a {@code main}, null where there is none. */
    static @Nullable String of(Path classes, List<Path> classPath) throws EngineException {
        List<String> found = new ArrayList<>();
        try (URLClassLoader loader = new URLClassLoader(urls(classPath), ClassLoader.getPlatformClassLoader());
                Stream<Path> files = Files.exists(classes) ? Files.walk(classes) : Stream.empty()) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(SUFFIX)).sorted().toList()) {
                String path = classes.relativize(file).toString();
                String name = path.substring(0, path.length() - SUFFIX.length())
                        .replace(file.getFileSystem().getSeparator(), ".");
                if (hasMain(loader, name)) {
                    found.add(name);
                }
            }
        } catch (IOException e) {
            throw new EngineException(
                    "The classes in " + classes + " cannot be read (" + e.getMessage()
                            + "). Build the project anew with mvn clean verify.",
                    e);
        }
        if (found.size() > 1) {
            throw new EngineException("The project has several classes with a main method: " + String.join(", ", found)
                    + ". Name the service's with jib's <container><mainClass> or -Dv6.mainClass=CLASS.");
        }
        return found.isEmpty() ? null : found.get(0);
    }

    private static boolean hasMain(ClassLoader loader, String name) {
        try {
            int modifiers = Class.forName(name, false, loader)
                    .getMethod("main", String[].class)
                    .getModifiers();
            return Modifier.isStatic(modifiers);
        } catch (ReflectiveOperationException | LinkageError noMain) {
            return false;
        }
    }

    private static URL[] urls(List<Path> classPath) throws MalformedURLException {
        URL[] urls = new URL[classPath.size()];
        for (int i = 0; i < urls.length; i++) {
            urls[i] = classPath.get(i).toUri().toURL();
        }
        return urls;
    }
}
