// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LeftoversTest {
    private final Map<String, String> labels = new HashMap<>(Leftovers.labels("cafe", Duration.ofMinutes(1)));

    @Test
    void whatALivingProcessOwnsIsLeftAlone() {
        assertThat(Leftovers.over(labels)).isFalse();
    }

    @Test
    void whatAProcessOfTheSamePidButAnotherStartOwnedIsOver() {
        String owner = labels.get(Leftovers.OWNER);
        labels.put(Leftovers.OWNER, owner.substring(0, owner.lastIndexOf('/')) + "/1");
        assertThat(Leftovers.over(labels)).isTrue();
    }

    @Test
    void whatAnEndedProcessOwnedIsOver() throws Exception {
        Process ended = new ProcessBuilder("true").start();
        String owner = labels.get(Leftovers.OWNER);
        String own = "/" + ProcessHandle.current().pid() + "/";
        ended.waitFor();
        labels.put(Leftovers.OWNER, owner.replace(own, "/" + ended.pid() + "/"));
        assertThat(Leftovers.over(labels)).isTrue();
    }

    @Test
    void whatIsOwnedElsewhereIsLeftAloneUntilItsTimeHasPassed() {
        labels.put(Leftovers.OWNER, "another-boot/pid:[1]/1/1");
        assertThat(Leftovers.over(labels)).isFalse();
        labels.put(Leftovers.UNTIL, "1000");
        assertThat(Leftovers.over(labels)).isTrue();
    }

    @Test
    void theSameLabelsAreKnownFromWithoutDocker() {
        assertThat(Leftovers.ownerGone(Leftovers.owner())).isFalse();
        assertThat(Leftovers.ownerGone("elsewhere/1/1")).isFalse();
    }
}
