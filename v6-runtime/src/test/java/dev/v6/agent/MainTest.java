// SPDX-License-Identifier: Apache-2.0
package dev.v6.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
    @Test
    void helpNamesEveryCommand() {
        CommandLine help = CommandLine.run("--help");

        assertThat(help.code()).isZero();
        assertThat(help.out()).contains("check ", "probe ", "listeners ", "witness ");
        assertThat(help.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"check", "probe", "listeners", "witness", "bridge"})
    void everyCommandExplainsItself(String command) {
        CommandLine help = CommandLine.run(command, "--port", "x", "--help");

        assertThat(help.code()).isZero();
        assertThat(help.out()).startsWith("Usage: " + command).contains("Exit code: 0");
    }

    @Test
    void versionIsTold() {
        assertThat(CommandLine.run("--version").out()).startsWith("v6 ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "prob | There is no command prob. Did you mean probe?",
                "bride | There is no command bride. Did you mean bridge?",
                "witness --prot 80 | There is no option --prot. Did you mean --port?",
                "witness -p 80 | There is no option -p. Known are",
                "witness | No port is named.",
                "witness --port | --port stands without a value.",
                "witness --port 80 now | 'now' belongs to no option.",
                "witness --port 0 | A port must be a number from 1 to 65535, but is '0'.",
                "witness --port=65536 | but is '65536'.",
                "witness --port 53/udp | 53/udp is a UDP port, but only TCP is tried here.",
                "witness --port 80 --for 3 | --for must be a time such as 500ms, 2s or 1m, but is '3'.",
                "witness --port 80 --for 0s | but is '0s'.",
                "witness --port 80 --for s | but is 's'.",
                "witness --port 80 --for 99999999999999999999s | --for must be a time",
                "probe | A host and at least one port are needed.",
                "probe ::1 | A host and at least one port are needed.",
                "probe 999.1.1.1 80 | '999.1.1.1' is no IP address",
                "probe 1.2.3 80 | '1.2.3' is no IP address",
                "probe 1.2.3.4.5 80 | is no IP address",
                "probe [localhost] 80 | is no IP address",
                "probe ::1::2 80 | is no IP address",
                "probe fe80::1%nosuch0 80 | 'fe80::1%nosuch0' is no IP address",
                "probe --target ::1:80 | --target must be an address and a port, but is '::1:80'.",
                "probe --target localhost:80 | --target must be an address and a port",
                "probe --target 127.0.0.1 | --target must be an address and a port",
                "probe --target 127.0.0.1:80 extra | 'extra' belongs to no option.",
                "listeners all | 'all' belongs to no option.",
            })
    void wrongUsageIsAnsweredWithASentence(String line, String sentence) {
        CommandLine wrong = CommandLine.run(line.split(" "));

        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err()).startsWith("v6").contains(sentence);
        assertThat(wrong.err().lines()).hasSize(1);
        assertThat(wrong.out()).isEmpty();
    }

    @Test
    void noCommandIsWrongUsage() {
        assertThat(CommandLine.run().code()).isEqualTo(2);
        assertThat(CommandLine.run().err())
                .contains("Name one of check, attach, probe, listeners, witness, bridge, resolve, resolv-conf.");
    }
}
