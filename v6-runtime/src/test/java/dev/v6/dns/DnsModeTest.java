// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.v6.spring.Metadata;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class DnsModeTest {
    @Test
    void theWordsThatIdesCompleteAreThoseThatAreRead() throws IOException {
        assertThat(Metadata.read().words("v6.dns"))
                .containsExactly(Arrays.stream(DnsMode.values())
                        .map(mode -> mode.name().toLowerCase(Locale.ROOT))
                        .toArray(String[]::new));
    }
}
