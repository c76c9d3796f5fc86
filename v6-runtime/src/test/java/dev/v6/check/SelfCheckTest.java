// SPDX-License-Identifier: Apache-2.0
package dev.v6.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.v6.Finding;
import dev.v6.FindingCode;
import dev.v6.Severity;
import dev.v6.check.CheckResult.Status;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelfCheckTest {
    @TempDir
    Path directory;

    private record Fixed(CheckResult result) implements Check {
        @Override
        public FindingCode code() {
            return result.code();
        }

        @Override
        public CheckResult run(Facts facts) {
            return result;
        }
    }

    private record Broken(FindingCode code, Throwable fault) implements Check {
        @Override
        public CheckResult run(Facts facts) {
            if (fault instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) fault;
        }
    }

    @Test
    void checkThatBreaksCouldNotTell() throws IOException {
        Report report = run(
                new Broken(FindingCode.NOT_LISTENING, new IllegalStateException("oops")),
                new Broken(FindingCode.IPV4_ONLY, new NoClassDefFoundError("gone")),
                passing());

        assertThat(report.results())
                .map(CheckResult::status)
                .containsExactly(Status.UNKNOWN, Status.UNKNOWN, Status.PASS);
        assertThat(report.results().get(0).reason())
                .isEqualTo("The check itself broke: java.lang.IllegalStateException: oops. Please report this.");
        assertThat(report.fine()).isFalse();
        assertThat(report.summary()).matches("v6: NOT PROVEN  0 findings; 2 checks could not tell  \\d+ ms");
        assertThat(report.text())
                .contains("V6-404  UNKNOWN\n  reason: The check itself broke: java.lang.IllegalStateException");
    }

    @Test
    void nothingRanIsNotFine() throws IOException {
        assertThat(run().fine()).isFalse();
        assertThat(run().summary()).matches("v6: NOT PROVEN  nothing could be checked here  \\d+ ms");
        assertThat(run(new Fixed(CheckResult.skipped(FindingCode.IPV4_ONLY, "not here")))
                        .fine())
                .isFalse();
    }

    @Test
    void findingIsPrintedWithAllThatHelps() throws IOException {
        Report report = run(passing(), new Fixed(CheckResult.fail(FindingCode.IPV4_ONLY, "tcp 0.0.0.0:8080")));

        assertThat(report.text())
                .startsWith("v6: NOT READY  1 finding: V6-402 listens on IPv4 only  ")
                .endsWith(" ms\n"
                        + "V6-402  ERROR  listens on IPv4 only\n"
                        + "  seen:   tcp 0.0.0.0:8080\n"
                        + "  cause:  " + FindingCode.IPV4_ONLY.cause() + "\n"
                        + "  remedy: " + FindingCode.IPV4_ONLY.remedy() + "\n");
        assertThat(report.json())
                .matches(
                        "\\{\"schema\":1,\"verdict\":\"NOT READY\",\"fine\":false,\"dns\":\"\",\"millis\":\\d+,\"findings\".*")
                .contains("\"findings\":[{\"code\":\"V6-402\",\"severity\":\"ERROR\","
                        + "\"title\":\"listens on IPv4 only\",\"evidence\":\"tcp 0.0.0.0:8080\",\"cause\":\"")
                .contains(
                        "\"checks\":[{\"code\":\"V6-201\",\"status\":\"PASS\",\"reason\":\"on\"},{\"code\":\"V6-402\"")
                .endsWith("\"ports\":[],\"listeners\":[],\"problems\":[]}");
    }

    @Test
    void whatWasMendedInTheJvmIsNoFaultAnyMore() throws IOException {
        Finding mended =
                Finding.of(FindingCode.PREFER_IPV6_ADDRESSES, "in order now").withSeverity(Severity.REPAIRED);
        Report report = check(
                        passing(), new Fixed(CheckResult.fail(FindingCode.PREFER_IPV6_ADDRESSES, "IPv4 comes first")))
                .after(List.of(mended))
                .run();

        assertThat(report.findings()).containsExactly(mended);
        assertThat(report.fine()).isTrue();
        assertThat(report.summary()).contains("0 findings; repaired: V6-102 ");
    }

    @Test
    void aHealthCheckLooksForErrorsAlone() throws IOException {
        Report report = check(passing(), new Fixed(CheckResult.fail(FindingCode.NO_IPV6_ROUTE, "no route")))
                .errorsOnly()
                .run();

        assertThat(report.results()).map(CheckResult::code).containsExactly(FindingCode.IPV6_DISABLED);
    }

    @Test
    void serviceIsCheckedFromWithin() throws IOException {
        try (ServerSocket server = new ServerSocket(0)) {
            Report report = SelfCheck.of(List.of(server.getLocalPort())).run();

            assertThat(report.findings())
                    .noneMatch(finding -> finding.code().id().startsWith("V6-4")
                            || finding.code().id().equals("V6-101"));
            assertThat(report.json()).contains("{\"code\":\"V6-402\",\"status\":\"PASS\"");
        }
    }

    @Test
    void withoutPortsOwnListenersAreLookedAt() throws IOException {
        try (ServerSocket loopback = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
            Report report = SelfCheck.of(List.of()).run();

            String socket = "tcp6 [::ffff:127.0.0.1]:" + loopback.getLocalPort();
            assertThat(report.findings()).anyMatch(finding -> finding.evidence().equals(socket));
            assertThat(report.listeners())
                    .anyMatch(listener -> listener.toString().equals(socket));
        }
    }

    @Test
    void serviceIsCheckedFromBeside() throws IOException {
        try (ServerSocket server = new ServerSocket(0)) {
            Report report = SelfCheck.beside(List.of(server.getLocalPort())).run();

            assertThat(report.findings())
                    .noneMatch(finding -> finding.code().id().startsWith("V6-4"));
            assertThat(report.listeners()).isNotEmpty();
        }
    }

    private static Check passing() {
        return new Fixed(CheckResult.pass(FindingCode.IPV6_DISABLED, "on"));
    }

    private Report run(Check... checks) throws IOException {
        return check(checks).run();
    }

    private SelfCheck check(Check... checks) throws IOException {
        Path fresh = Files.createTempDirectory(directory, "place");
        return new SelfCheck(Place.in(fresh).surroundings(), List.of(checks));
    }
}
