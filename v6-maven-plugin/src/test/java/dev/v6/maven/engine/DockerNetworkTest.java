// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class DockerNetworkTest {

    @RepeatedTest(20)
    void aPrefixIsUniqueLocalWithALocallyAssignedGlobalId() {
        assertThat(DockerNetwork.uniqueLocal()).matches("fd[0-9a-f]{2}(:[0-9a-f]{4}){3}::/64");
    }

    @Test
    void noTwoRunsGetTheSamePrefix() {
        Set<String> prefixes = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            prefixes.add(DockerNetwork.uniqueLocal());
        }
        assertThat(prefixes).hasSize(1000);
    }
}
