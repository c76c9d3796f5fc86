// SPDX-License-Identifier: Apache-2.0
package dev.v6.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.v6.Finding;
import dev.v6.FindingCode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is to be changed is said in the words of whatever runs there. */
class RemedyTest {
    private static final String SPRING = "Set server.address=:: in Spring Boot's application.properties, or"
            + " SERVER_ADDRESS=:: in the container's environment; :: takes both families.";

    @TempDir
    Path directory;

    private Place place;

    @BeforeEach
    void plant() throws IOException {
        place = Place.withIpv6(directory).ports(8080);
        place.tree.listens("tcp6", "127.0.0.1", 8080); // inode 9001
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /app/libs/spring-boot-3.5.3.jar                  | server.address=::
            lib/boot/io.quarkus.quarkus-bootstrap-runner.jar | QUARKUS_HTTP_HOST=::
            /app/libs/micronaut-http-server-netty-4.9.1.jar  | micronaut.server.host=::
            /app/libs/vertx-core-5.0.1.jar                   | listen(port)
            /app/libs/netty-common-4.1.1.jar                 | new ServerSocket(port)
            """)
    void classPathTellsTheFramework(String jar, String setting) throws IOException {
        holder(List.of("java", "-cp", "/app/classes:" + jar, "Main"));

        assertThat(finding().remedy()).contains(setting);
        assertThat(finding().evidence()).isEqualTo("tcp6 [::ffff:127.0.0.1]:8080 (process 42, java)");
    }

    /** As Jib starts a service. */
    @Test
    void classPathMayStandInAnArgumentFile() throws IOException {
        holder(List.of("java", "-cp", "@/app/jib-classpath-file", "Main"));
        place.tree.write("42/root/app/jib-classpath-file", "/app/resources:/app/libs/spring-boot-4.0.0.jar");

        assertThat(finding().remedy()).isEqualTo(SPRING);
    }

    @Test
    void oneJarTellsByItsManifestAndWhatItsFileSets() throws IOException {
        holder(List.of("java", "-jar", "app.jar"));
        jar(
                "42/cwd/app.jar",
                Map.of("Spring-Boot-Version", "3.5.3"),
                "BOOT-INF/classes/application.properties",
                "server.address=127.0.0.1");

        assertThat(finding().remedy())
                .isEqualTo(SPRING + " Now server.address is '127.0.0.1' in application.properties.");
    }

    @Test
    void manifestMayNameTheOtherJars() throws IOException {
        holder(List.of("java", "-jar", "app.jar"));
        jar("42/cwd/app.jar", Map.of("Class-Path", "lib/slf4j.jar lib/vertx-core-4.5.1.jar"), "x", "");

        assertThat(finding().remedy()).startsWith("Leave the host out: listen(port)");
    }

    @Test
    void allInOneJarTellsByItsClasses() throws IOException {
        holder(List.of("java", "-jar", "app.jar"));
        jar("42/cwd/app.jar", Map.of(), "io/micronaut/http/server/HttpServerConfiguration.class", "");

        assertThat(finding().remedy()).startsWith("Set micronaut.server.host=::");
    }

    @Test
    void environmentThatSetsTheAddressIsNamed() throws IOException {
        place.process(
                42, List.of("java", "-cp", "/app/libs/spring-boot-3.5.3.jar", "Main"), "SERVER_ADDRESS=localhost");
        holds();

        assertThat(finding().remedy()).endsWith(" Now SERVER_ADDRESS is 'localhost' in the environment.");
    }

    @Test
    void flagThatSetsTheAddressIsNamed() throws IOException {
        holder(List.of("java", "-Dserver.address=localhost", "-cp", "/app/libs/spring-boot-3.5.3.jar", "Main"));

        assertThat(finding().remedy()).endsWith(" Now -Dserver.address=localhost is set on the command line.");
    }

    @Test
    void anotherProgramGetsTheCataloguesWords() throws IOException {
        place.process(42, List.of("nginx"), "A=b");
        holds();

        assertThat(finding().remedy()).isEqualTo(FindingCode.LOOPBACK_ONLY.remedy());
    }

    @Test
    void ownServiceIsToldByItsOwnClassPath() {
        place.insideService();
        place.properties.setProperty("java.class.path", "/app/libs/quarkus-core-3.20.jar");

        assertThat(finding().remedy()).startsWith("Set quarkus.http.host=:: in Quarkus's");
    }

    @Test
    void flagIsTakenOutWhereItStands() throws IOException {
        String flag = "-Djava.net.preferIPv4Stack=true";
        place.process(42, List.of("java", "Main"), "JAVA_TOOL_OPTIONS=" + flag);
        holds();

        assertThat(place.result(FindingCode.PREFER_IPV4_STACK).findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.remedy())
                        .isEqualTo("Take " + flag + " out of JAVA_TOOL_OPTIONS: it is set by -e on docker run,"
                                + " environment: in compose, or ENV in the image. Without it one socket serves both"
                                + " families. Where you cannot, set _JAVA_OPTIONS=-Djava.net.preferIPv4Stack=false in the"
                                + " container's environment: a JVM reads it last."));
    }

    @Test
    void flagOfTheCommandLineIsTakenOutThere() throws IOException {
        holder(List.of("java", "@flags", "Main"));
        place.tree.write("42/cwd/flags", "-Djava.net.preferIPv4Stack=true");
        assertThat(place.result(FindingCode.PREFER_IPV4_STACK).findings().get(0).remedy())
                .startsWith("Take -Djava.net.preferIPv4Stack=true out of the argument file @flags.");

        place.process(42, List.of("java", "-Djava.net.preferIPv4Stack=true", "Main"), "A=b");
        assertThat(place.result(FindingCode.PREFER_IPV4_STACK).findings().get(0).remedy())
                .startsWith("Take -Djava.net.preferIPv4Stack=true out of the command line: the image's entrypoint or"
                        + " command, or <jvmFlags> of Jib.");
    }

    private Finding finding() {
        return place.result(FindingCode.LOOPBACK_ONLY).findings().get(0);
    }

    private void holder(List<String> command) throws IOException {
        place.process(42, command, "A=b");
        holds();
    }

    private void holds() throws IOException {
        place.tree.write("42/comm", "java\n");
        Files.createSymbolicLink(
                Files.createDirectories(place.tree.root().resolve("42/fd")).resolve("5"), Path.of("socket:[9001]"));
    }

    private void jar(String path, Map<String, String> attributes, String entry, String text) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.forEach((name, value) -> manifest.getMainAttributes().putValue(name, value));
        Path file = place.tree.root().resolve(path);
        Files.createDirectories(file.getParent());
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out, manifest)) {
            jar.putNextEntry(new ZipEntry(entry));
            jar.write(text.getBytes(StandardCharsets.UTF_8));
            jar.closeEntry();
        }
    }
}
