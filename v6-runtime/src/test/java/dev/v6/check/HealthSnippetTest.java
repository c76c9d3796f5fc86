// SPDX-License-Identifier: Apache-2.0
package dev.v6.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lines that README gives to those who write a health check of their own. */
class HealthSnippetTest {
    private static final Pattern MICROPROFILE =
            Pattern.compile("MicroProfile Health.*?```java\n(.*?)```", Pattern.DOTALL);

    @TempDir
    Path directory;

    @Test
    void thatForMicroProfileCompiles() throws IOException {
        Matcher readme = MICROPROFILE.matcher(Files.readString(Path.of("..", "README.md")));
        assertThat(readme.find()).isTrue();

        assertThat(compile("""
                import dev.v6.check.SelfCheck;
                import java.util.List;
                import org.eclipse.microprofile.health.HealthCheck;
                import org.eclipse.microprofile.health.HealthCheckResponse;
                import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

                class Snippet implements HealthCheck {
                    @Override
                    public HealthCheckResponse call() {
                        %s
                    }
                }
                """.formatted(readme.group(1)))).isEmpty();
        assertThat(directory.resolve("Snippet.class")).exists();
    }

    /** What the compiler says. */
    private String compile(String source) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        JavaFileObject file =
                new SimpleJavaFileObject(URI.create("string:///Snippet.java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                    }
                };
        compiler.getTask(
                        said,
                        null,
                        null,
                        List.of("-proc:none", "-d", directory.toString(), "-cp", System.getProperty("java.class.path")),
                        null,
                        List.of(file))
                .call();
        return said.toString();
    }
}
