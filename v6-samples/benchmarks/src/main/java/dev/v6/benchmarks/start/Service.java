// SPDX-License-Identifier: Apache-2.0
package dev.v6.benchmarks.start;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A service to start, laid out as Jib lays it out.
 *
 * @param main its main class
 * @param classPath without v6
 */
record Service(String main, List<Path> classPath) {

    /**
     * The sample {@code hello}.
     *
     * @param classes its classes
     */
    static Service hello(Path classes) {
        return new Service("dev.v6.samples.hello.Hello", List.of(classes));
    }

    /**
     * Any other that takes its port from PORT or {@code --server.port}, as Spring Boot's do.
     *
     * @param classPath as for {@code java -cp}; v6 in it is left out
     */
    static Service of(String main, String classPath) {
        List<Path> parts = new ArrayList<>();
        for (String part : classPath.split(":", -1)) {
            Path path = Path.of(part);
            if (!path.getFileName().toString().startsWith("v6-runtime")) {
                parts.add(path);
            }
        }
        return new Service(main, parts);
    }
}
