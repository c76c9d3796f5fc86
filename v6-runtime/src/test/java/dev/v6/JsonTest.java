// SPDX-License-Identifier: Apache-2.0
package dev.v6;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {
    @Test
    void valuesOfEachKind() {
        assertThat(Json.write(Arrays.asList("a", 1, -2L, true, null, List.of(), Map.of())))
                .isEqualTo("[\"a\",1,-2,true,null,[],{}]");
    }

    @Test
    void namesKeepTheirOrder() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("z", 1);
        map.put("a", List.of(Map.of("k", "v")));

        assertThat(Json.write(map)).isEqualTo("{\"z\":1,\"a\":[{\"k\":\"v\"}]}");
        assertThat(Json.pretty(map)).isEqualTo("""
                        {
                          "z": 1,
                          "a": [
                            {
                              "k": "v"
                            }
                          ]
                        }
                        """);
    }

    @Test
    void whateverIsInAStringStaysInIt() {
        assertThat(Json.write("\"\\\n\r\t\u0000\u001f/é\u2028"))
                .isEqualTo("\"\\\"\\\\\\n\\r\\t\\u0000\\u001f/é\u2028\"");
    }

    @Test
    void surrogatesAreEscapedSoThatEvenBrokenTextIsUtf8() {
        assertThat(Json.write("\ud83d\ude00 \ud800")).isEqualTo("\"\\ud83d\\ude00 \\ud800\"");
    }

    @Test
    void whatHasNoFormIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Json.write(List.of(1.5)))
                .withMessage("JSON has no form for java.lang.Double. Turn it into a map, a list or a string.");
    }
}
