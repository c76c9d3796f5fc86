// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.v6.Family;
import dev.v6.FindingCode;
import dev.v6.Outcome;
import dev.v6.Protocol;
import dev.v6.Severity;
import dev.v6.maven.engine.Facts;
import dev.v6.maven.engine.Placement;
import dev.v6.maven.engine.Port;
import dev.v6.maven.engine.ProcessEngine;
import dev.v6.maven.engine.Vantage;
import dev.v6.maven.report.ConsoleReport;
import dev.v6.maven.report.JsonReport;
import dev.v6.proc.Endpoint;
import dev.v6.proc.Listener;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DiagnosisTest {
    private static final Port PORT = new Port(8080, Protocol.TCP);

    private final List<Cell> cells = new ArrayList<>();
    private final List<Listener> listeners = new ArrayList<>();
    private final List<Facts.LocalAddress> addresses = new ArrayList<>();
    private String flag = "";
    private final List<Port> untried = new ArrayList<>();

    @BeforeEach
    void aDualStackNamespace() throws UnknownHostException {
        addresses.add(new Facts.LocalAddress("lo", InetAddress.getByName("::1"), false));
        addresses.add(new Facts.LocalAddress("eth0", InetAddress.getByName("fd00::2"), false));
    }

    @Test
    void everythingNativeIsReadyWithoutAFinding() throws Exception {
        listens("::", false);
        rows(Outcome.OK, Outcome.OK);

        assertThat(result().verdict()).isEqualTo(Verdict.READY);
        assertThat(result().findings()).isEmpty();
    }

    @Test
    void theFlagExplainsAnIpv4OnlyListener() throws Exception {
        listens("0.0.0.0", false);
        rows(Outcome.OK, Outcome.REFUSED);
        flag = "-Djava.net.preferIPv4Stack=true stands in JAVA_TOOL_OPTIONS";

        assertThat(codes()).containsExactly(FindingCode.PREFER_IPV4_STACK, FindingCode.IPV4_ONLY);
        assertThat(failed()).allMatch(c -> c.finding() == FindingCode.PREFER_IPV4_STACK);
    }

    @Test
    void aMappedLoopbackListenerIsLoopbackOnly() throws Exception {
        listens("127.0.0.1", true);
        rows(Outcome.REFUSED, Outcome.REFUSED);

        assertThat(codes()).containsExactly(FindingCode.LOOPBACK_ONLY);
        assertThat(result().findings().get(0).evidence()).isEqualTo("8080/tcp is served by [::ffff:127.0.0.1]:8080");
    }

    @Test
    void aListenerOnOneAddressIsSaidToBeThat() throws Exception {
        listens("192.0.2.1", true);
        rows(Outcome.OK, Outcome.REFUSED);

        assertThat(codes()).containsExactly(FindingCode.ONE_ADDRESS_ONLY);
    }

    @Test
    void aSocketForEachAddressIsAsGoodAsAWildcard() throws Exception {
        listens("192.0.2.1", false);
        listens("fd00::2", false);
        rows(Outcome.OK, Outcome.OK);

        assertThat(codes()).isEmpty();
    }

    @Test
    void aV6OnlySocketIsFoundByWhoAnswersInside() throws Exception {
        listens("::", false);
        rows(Outcome.REFUSED, Outcome.OK);

        assertThat(codes()).contains(FindingCode.IPV6_ONLY);
    }

    @Test
    void whatListensElsewhereIsNamedWhereNothingListensOnThePort() throws Exception {
        listeners.add(
                new Listener(Protocol.TCP, Family.IPV6, new Endpoint(InetAddress.getByName("::"), false, 9090), 0));
        rows(Outcome.REFUSED, Outcome.REFUSED);

        assertThat(codes()).containsExactly(FindingCode.NOT_LISTENING);
        assertThat(result().findings().get(0).evidence())
                .isEqualTo("nothing listens on 8080/tcp; TCP sockets listen on [::]:9090");
    }

    @Test
    void aBacklogThatNobodyEmptiesIsTold() throws Exception {
        listens("::", false);
        rows(Outcome.TIMEOUT, Outcome.TIMEOUT);

        assertThat(codes()).containsExactly(FindingCode.NOT_TAKEN);
    }

    @Test
    void aPortThatWasAskedForAndNotTriedLeavesTheVerdictOpen() throws Exception {
        listens("::", false);
        rows(Outcome.OK, Outcome.OK);
        untried.add(new Port(53, Protocol.UDP));

        assertThat(result().verdict()).isEqualTo(Verdict.NOT_PROVEN);
        assertThat(result().reason()).startsWith("53/udp was asked for");
    }

    @Test
    void whatKeptNobodyOutIsNoError() throws Exception {
        listens("::", false);
        rows(Outcome.OK, Outcome.OK);
        flag = "-Djava.net.preferIPv4Stack=true stands in the entrypoint";

        assertThat(result().verdict()).isEqualTo(Verdict.READY);
        assertThat(result().findings()).noneMatch(f -> f.severity() == Severity.ERROR);
    }

    @Test
    void theReportsSayWhatTheResultSays() throws Exception {
        listens("0.0.0.0", false);
        rows(Outcome.OK, Outcome.REFUSED);

        assertThat(JsonReport.write(result()))
                .contains("\"schema\": 1")
                .contains("\"verdict\": \"NOT_READY\"")
                .contains("\"code\": \"V6-402\"")
                .contains("\"path\": \"native\"");
        assertThat(ConsoleReport.lines(result(), false))
                .contains("Verdict: NOT READY")
                .anyMatch(line -> line.matches("neighbour +ok native, 1 ms +refused \\(V6-402\\)"))
                .noneMatch(line -> line.contains("\u001b"));
        assertThat(ConsoleReport.lines(result(), true)).contains("Verdict: \u001b[31mNOT READY\u001b[0m");
        assertThat(ConsoleReport.failure(result()))
                .startsWith("image it is NOT READY.\nV6-402 listens on IPv4 only\n  seen:")
                .contains("\n  remedy: Bind the wildcard");
    }

    private void listens(String address, boolean mapped) throws UnknownHostException {
        InetAddress parsed = InetAddress.getByName(address);
        Family table = mapped ? Family.IPV6 : Family.of(parsed);
        listeners.add(new Listener(Protocol.TCP, table, new Endpoint(parsed, mapped, 8080), 0));
    }

    private void rows(Outcome ipv4, Outcome ipv6) {
        for (Vantage vantage : Vantage.values()) {
            cells.add(VerdictTest.cell(vantage, Family.IPV4, ipv4, passage(ipv4), true));
            cells.add(VerdictTest.cell(vantage, Family.IPV6, ipv6, passage(ipv6), true));
        }
    }

    private static Passage passage(Outcome outcome) {
        return outcome == Outcome.OK ? Passage.NATIVE : Passage.UNKNOWN;
    }

    private List<FindingCode> codes() {
        return result().findings().stream().map(f -> f.code()).toList();
    }

    private List<Cell> failed() {
        List<Cell> failed = result().cells().stream().filter(c -> !c.proven()).toList();
        assertThat(failed).isNotEmpty();
        return failed;
    }

    private Result result() {
        Placement placement = new Placement(
                "image it",
                "net (192.0.2.0/24, fd00::/64)",
                EnumSet.allOf(Family.class),
                EnumSet.allOf(Family.class),
                Map.of(PORT, EnumSet.allOf(Family.class)),
                Set.of(),
                flag,
                false,
                "");
        Facts facts = new Facts(addresses, false, true, List.of("127.0.0.1", "::1"), List.of());
        return Diagnosis.of(new ProcessEngine(), new Diagnosis.Evidence(placement, cells, listeners, facts, untried));
    }
}
