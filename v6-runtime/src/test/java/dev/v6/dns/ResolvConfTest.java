// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.v6.AddressText;
import dev.v6.ChildJvm;
import dev.v6.Finding;
import dev.v6.FindingCode;
import dev.v6.Severity;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResolvConfTest {
    private static final Path FILE = Path.of("resolv.conf");

    @TempDir
    Path directory;

    private static ResolvConf parse(String text) {
        return ResolvConf.parse(text, FILE, ResolvEnvironment.BARE);
    }

    private static List<String> servers(ResolvConf conf) {
        return conf.servers().stream().map(AddressText::of).toList();
    }

    @Test
    void serversOfBothFamiliesStandInTheFilesOrder() {
        ResolvConf conf = parse("nameserver 2001:db8::53\nnameserver\t198.18.0.53\nnameserver ::1");
        assertThat(servers(conf)).containsExactly("2001:db8::53", "198.18.0.53", "::1");
        assertThat(conf.findings()).isEmpty();
    }

    @Test
    void aZoneNamesItsInterface() {
        assertThat(servers(parse("nameserver fe80::53%1"))).containsExactly("fe80::53%1");
    }

    @Test
    void aZoneOfNoInterfaceIsAFinding() {
        ResolvConf conf = parse("nameserver fe80::53%nothere7\nnameserver ::1");
        assertThat(servers(conf)).containsExactly("::1");
        assertThat(conf.findings())
                .extracting(Finding::evidence)
                .containsExactly(
                        "resolv.conf line 1 names the server 'fe80::53%nothere7', which is no IP address or one"
                                + " of an interface that does not exist, so it was left out.");
    }

    @Test
    void theFourthServerDoesNotCountAndIsTold() {
        ResolvConf conf = parse("""
                nameserver 198.18.0.1
                nameserver 198.18.0.2
                nameserver 198.18.0.3
                nameserver 198.18.0.4
                nameserver 198.18.0.5
                """);
        assertThat(servers(conf)).containsExactly("198.18.0.1", "198.18.0.2", "198.18.0.3");
        assertThat(conf.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo(FindingCode.BAD_RESOLVER_FILE);
            assertThat(finding.severity()).isEqualTo(Severity.INFO);
            assertThat(finding.evidence()).isEqualTo("resolv.conf names 5 servers; the first 3 count, as in glibc.");
        });
    }

    @Test
    void windowsLineEndsAndCommentsAfterAnAddressDoNoHarm() {
        ResolvConf conf = parse(String.join(
                "\r\n",
                "nameserver 198.18.0.1",
                "nameserver 198.18.0.2#53",
                "nameserver 198.18.0.3 ; third",
                "search a.test b.test",
                "options ndots:3",
                ""));
        assertThat(servers(conf)).containsExactly("198.18.0.1", "198.18.0.2", "198.18.0.3");
        assertThat(conf.search()).containsExactly("a.test", "b.test");
        assertThat(conf.options().ndots()).isEqualTo(3);
        assertThat(conf.findings()).isEmpty();
    }

    @Test
    void theLastOfSearchAndDomainCounts() {
        assertThat(parse("search a.test b.test\ndomain c.test d.test").search()).containsExactly("c.test");
        assertThat(parse("domain c.test\nsearch a.test\tb.test.").search()).containsExactly("a.test", "b.test");
        assertThat(parse("search a.test\nsearch  ").search()).containsExactly("a.test");
    }

    @Test
    void withoutSearchTheDomainOfTheHostIsSearched() {
        ResolvEnvironment environment = new ResolvEnvironment("web.shop.test", null, null);
        assertThat(ResolvConf.parse("", FILE, environment).search()).containsExactly("shop.test");
        assertThat(ResolvConf.parse("search a.test", FILE, environment).search())
                .containsExactly("a.test");
        assertThat(ResolvConf.parse("", FILE, new ResolvEnvironment("web", null, null))
                        .search())
                .isEmpty();
    }

    @Test
    void localdomainAndResOptionsComeAfterTheFile() {
        ResolvConf conf = ResolvConf.parse(
                "search a.test\noptions ndots:2 timeout:9",
                FILE,
                new ResolvEnvironment("web.shop.test", "x.test y.test", "ndots:4 no-aaaa"));
        assertThat(conf.search()).containsExactly("x.test", "y.test");
        assertThat(conf.options().ndots()).isEqualTo(4);
        assertThat(conf.options().timeout()).isEqualTo(Duration.ofSeconds(9));
        assertThat(conf.options().has("no-aaaa")).isTrue();
    }

    /** Trap 28: ndots:0, ndots:5, and more than one line of options. */
    @Test
    void allOptionsLinesAddUp() {
        ResolvConf conf = parse("options ndots:2 rotate\noptions\ttimeout:3 attempts:4 rotate use-vc made-up\n"
                + "options single-request ndots:5 edns0 trust-ad");
        assertThat(conf.options().ndots()).isEqualTo(5);
        assertThat(conf.options().timeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(conf.options().attempts()).isEqualTo(4);
        assertThat(conf.options().flags())
                .containsExactlyInAnyOrder("rotate", "use-vc", "single-request", "edns0", "trust-ad");
    }

    @ParameterizedTest
    @CsvSource({
        "ndots:99 timeout:99 attempts:99, 15, 30, 5",
        "ndots:-1 timeout:0 attempts:0, 0, 1, 1",
        "ndots: timeout:x attempts:3x, 0, 1, 3",
        "ndots:99999999999999999999, 15, 5, 2",
        "'', 1, 5, 2",
    })
    void optionsStayWithinGlibcsBounds(String options, int ndots, int timeout, int attempts) {
        ResolvOptions read = parse("options " + options).options();
        assertThat(read.ndots()).isEqualTo(ndots);
        assertThat(read.timeout()).isEqualTo(Duration.ofSeconds(timeout));
        assertThat(read.attempts()).isEqualTo(attempts);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {" nameserver 198.18.0.1", "nameserver198.18.0.1", "Nameserver 198.18.0.1", "name\u0000server"})
    void whatGlibcDoesNotTakeIsToldAndLeftOut(String line) {
        ResolvConf conf = parse(line);
        assertThat(conf.servers()).isEmpty();
        assertThat(conf.findings()).singleElement().satisfies(finding -> assertThat(finding.evidence())
                .startsWith("resolv.conf line 1 says nothing that resolv.conf(5) knows, so it was left out: '"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"nameserver", "nameserver ", "nameserver dns.test", "nameserver 1.2.3", "nameserver 1.2.3.999"})
    void aServerThatIsNoAddressIsAFinding(String line) {
        ResolvConf conf = parse(line + "\nnameserver ::1");
        assertThat(servers(conf)).containsExactly("::1");
        assertThat(conf.findings()).hasSize(1);
    }

    @Test
    void sortlistAndEmptyLinesSayNothing() {
        assertThat(parse("\n \t\nsortlist 198.18.0.0/255.254.0.0\n; comment\n# comment\n")
                        .findings())
                .isEmpty();
    }

    @Test
    void theCommentsOfEngine28TellWhomItAsks() {
        ResolvConf conf = parse("""
                # Generated by Docker Engine.
                # This file can be edited; Docker Engine will not make further changes once it
                # has been modified.

                nameserver 127.0.0.11
                search shop.test
                options edns0 trust-ad ndots:0

                # Based on host file: '/etc/resolv.conf' (internal resolver)
                # ExtServers: [host(127.0.0.53) host(2001:db8:51::53) 198.18.0.53]
                # Overrides: [search]
                # Option ndots from: internal
                """);
        assertThat(servers(conf)).containsExactly("127.0.0.11");
        assertThat(conf.options().ndots()).isZero();
        assertThat(conf.engine().servers())
                .containsExactly(
                        new EngineNotes.ExtServer(address("127.0.0.53"), true),
                        new EngineNotes.ExtServer(address("2001:db8:51::53"), true),
                        new EngineNotes.ExtServer(address("198.18.0.53"), false));
        assertThat(conf.engine().overrides()).containsExactly("search");
        assertThat(conf.engine().defaults()).isFalse();
        assertThat(conf.findings()).isEmpty();
    }

    @Test
    void theEnginesDefaultsAreAFinding() {
        ResolvConf conf = parse("nameserver 198.18.8.8\nnameserver 2001:db8:0::8\n# Used default nameservers.\n");
        assertThat(conf.engine().defaults()).isTrue();
        assertThat(conf.findings()).extracting(Finding::code).containsExactly(FindingCode.DEFAULT_NAMESERVERS);
        assertThat(conf.findings().get(0).evidence())
                .endsWith(" says that the engine used its default nameservers: 198.18.8.8, 2001:db8::8.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "# ExtServers: []",
                "# ExtServers:",
                "# ExtServers: [",
                "# ExtServers: [host(fe80::1%hostonly0)]",
                "# ExtServers: [host()]",
                "# ExtServers: [elsewhere(198.18.0.1)]",
            })
    void aCommentOfAnotherFormTellsNothing(String comment) {
        ResolvConf conf = parse(comment);
        assertThat(conf.engine().servers()).isEmpty();
        assertThat(conf.findings()).isEmpty();
    }

    @Test
    void aMissingFileIsAFinding() {
        assertEmptyWith(directory.resolve("none"), " does not exist.");
    }

    @Test
    void aDirectoryIsAFinding() {
        assertEmptyWith(directory, " is a directory. Put a text file in its place.");
    }

    @Test
    void aPipeIsAFindingAndNotWaitedFor() throws Exception {
        Path pipe = directory.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        assertEmptyWith(pipe, " is no regular file. Put a text file in its place.");
    }

    /** Root reads everything, so somebody else tries. */
    @Test
    void aFileThatThisUserMayNotReadIsAFinding() throws Exception {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path file = Files.writeString(directory.resolve("resolv.conf"), "nameserver ::1");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        ProcessBuilder builder = ChildJvm.builder(ReadingChild.class.getName(), file.toString());
        if (!Files.isReadable(file)) {
            assertEmptyWith(file, " may not be read by this user. Run as the user of the service, or as root.");
            return;
        }
        List<String> command = new ArrayList<>(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
        command.addAll(builder.command());
        command.set(command.indexOf("-cp") + 1, classesForAll());
        try (ChildJvm child = ChildJvm.start(builder.command(command))) {
            assertThat(child.line())
                    .isEqualTo("[] [" + file
                            + " may not be read by this user. Run as the user of the service, or as root.]");
        }
    }

    /** The class path lies where nobody else may look. */
    private String classesForAll() throws Exception {
        Path all = Files.createDirectory(directory.resolve("classes"));
        for (Class<?> one : List.of(ResolvConf.class, ReadingChild.class)) {
            Path from = Path.of(
                    one.getProtectionDomain().getCodeSource().getLocation().toURI());
            assertThat(new ProcessBuilder("cp", "-r", from + "/.", all.toString())
                            .inheritIO()
                            .start()
                            .waitFor())
                    .isZero();
        }
        assertThat(new ProcessBuilder("chmod", "-R", "a+rX", all.toString())
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
        return all.toString();
    }

    /** The kernel gives nobody the first page of a process. */
    @Test
    void aFileWhoseReadingFailsIsAFinding() {
        assertEmptyWith(Path.of("/proc/self/mem"), " could not be read: Input/output error.");
    }

    @Test
    void aBinaryFileSaysNothingAndIsToldInBounds() throws Exception {
        byte[] bytes = new byte[300_000];
        new Random(24).nextBytes(bytes);
        Path file = Files.write(directory.resolve("resolv.conf"), bytes);
        ResolvConf conf = ResolvConf.read(file);
        assertThat(conf.servers()).isEmpty();
        assertThat(conf.findings()).hasSizeBetween(1, 13).allSatisfy(finding -> assertThat(finding.evidence())
                .matches("[\\x20-\\x7e]+\\."));
    }

    private static void assertEmptyWith(Path file, String said) {
        ResolvConf conf = ResolvConf.read(file);
        assertThat(conf.servers()).isEmpty();
        assertThat(conf.findings()).extracting(Finding::evidence).containsExactly(file + said);
    }

    @Test
    void ofTenMegabytesTheFirstCounts() throws Exception {
        Path file = directory.resolve("resolv.conf");
        Files.writeString(file, "nameserver ::1\n" + "#".repeat(99).concat("\n").repeat(100_000));
        ResolvConf conf = ResolvConf.read(file);
        assertThat(servers(conf)).containsExactly("::1");
        assertThat(conf.findings())
                .extracting(Finding::evidence)
                .containsExactly(file + " is longer than 1048576 bytes, so what comes after these was left out.");
    }

    @Test
    void manyBadLinesAreToldInAFewSentences() {
        ResolvConf conf = parse("garbage\n".repeat(100_000) + "nameserver ::1");
        assertThat(servers(conf)).containsExactly("::1");
        assertThat(conf.findings()).hasSize(11);
        assertThat(conf.findings().get(10).evidence()).isEqualTo("99990 more of this kind are not listed.");
    }

    /** Seeded, so that a failure comes again. */
    @Test
    void whateverTheFileHoldsItIsReadInBounds() {
        Random random = new Random(306);
        String[] pieces = {
            "nameserver ", "search ", "domain ", "options ", "ndots:", "timeout:", "\n", "\r\n", " ", "\t", "#", ";",
            "# ExtServers: [", "host(", ")", "]", "# Overrides: [", "::1", "fe80::1%", "lo", "198.18.0.1", "%25", "[",
                    "9999999999",
            "# Used default nameservers.", "\u0000", "\u00ff", ".", "a.test", "-", ":"
        };
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(30); i > 0; i--) {
                text.append(
                        random.nextInt(8) == 0 ? (char) random.nextInt(256) : pieces[random.nextInt(pieces.length)]);
            }
            ResolvConf conf = parse(text.toString());
            assertThat(conf.servers()).as(text.toString()).hasSizeLessThanOrEqualTo(3);
            assertThat(conf.options().ndots()).as(text.toString()).isBetween(0, 15);
            assertThat(conf.findings())
                    .as(text.toString())
                    .hasSizeLessThanOrEqualTo(13)
                    .allSatisfy(finding -> assertThat(finding.evidence()).matches("[\\x20-\\x7e]+\\."));
        }
    }

    private static InetAddress address(String text) {
        return java.util.Objects.requireNonNull(dev.v6.Literal.parse(text));
    }
}
