// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What follows from a name alone: who is asked first, which names are tried, how long replies hold. */
class NameRulesTest {

    @ParameterizedTest
    @CsvSource({
        "db, true, SYSTEM_FIRST",
        "db, false, UPSTREAMS_FIRST",
        "web.backend, true, SYSTEM_FIRST",
        "web.other, true, UPSTREAMS_FIRST",
        "shop.local, true, SYSTEM_FIRST",
        "a.b.shop.local, true, SYSTEM_FIRST",
        "workshop.local, true, UPSTREAMS_FIRST",
        "a.b.shop.local, false, UPSTREAMS_FIRST",
    })
    void whoIsAskedFirst(String name, boolean embedded, Way way) {
        assertThat(Way.of(name, embedded, Set.of("web.backend")::contains, List.of("shop.local")))
                .isEqualTo(way);
    }

    @ParameterizedTest
    @CsvSource({
        "www, 1, www.a.test www.b.test www",
        "www, 0, www www.a.test www.b.test",
        "www.x, 1, www.x www.x.a.test www.x.b.test",
        "www.x, 5, www.x.a.test www.x.b.test www.x",
        "www., 5, www",
        "www.x., 1, www.x",
    })
    void whichNamesAreTried(String name, int ndots, String names) {
        assertThat(SearchList.candidates(name, conf("search a.test b.test\noptions ndots:" + ndots)))
                .containsExactly(names.split(" ", -1));
    }

    @Test
    void aDomainThatIsNoneIsNotTried() {
        assertThat(SearchList.candidates("www", conf("search a..test \u00e4\u0001 b.test " + "c".repeat(64))))
                .containsExactly("www.b.test", "www");
    }

    private static ResolvConf conf(String text) {
        return ResolvConf.parse(text, Path.of("resolv.conf"), ResolvEnvironment.BARE);
    }

    @Test
    void whateverANameHoldsItIsNormalOrUnknown() {
        Random random = new Random(253);
        String[] pieces = {"a", "B", ".", "-", "_", "\u00fc", "\ud800", "\u0000", " ", "xn--", "\uff0e", "\u200d", "1"};
        for (int round = 0; round < 10_000; round++) {
            StringBuilder name = new StringBuilder();
            for (int i = random.nextInt(90); i > 0; i--) {
                name.append(pieces[random.nextInt(random.nextBoolean() ? 2 : pieces.length)]);
            }
            try {
                assertThat(DnsName.normal(name.toString())).matches("([!-\\[\\]-~&&[^.A-Z]]{1,63}\\.?)+");
            } catch (UnknownHostException e) {
                assertThat(e.getMessage()).endsWith("Correct the name.");
            }
        }
    }

    @Test
    void anAnswerHoldsAsLongAsTheShortestOfItsReplies() {
        Server server = Server.parse("198.18.0.53").get(0);
        Server embedded = Server.parse("127.0.0.11").get(0);
        Reply minute = new Reply(Reply.Kind.ANSWER, server, List.of(), Duration.ofMinutes(1), "");
        Reply half = Reply.negative(Reply.Kind.NO_DATA, server, Duration.ofSeconds(30));
        Reply days = new Reply(Reply.Kind.ANSWER, server, List.of(), Duration.ofDays(9), "");
        Reply container = new Reply(Reply.Kind.ANSWER, embedded, List.of(), Duration.ofMinutes(10), "");
        Reply silent = Reply.without(Reply.Kind.SILENT, server);
        assertThat(Lifetime.found(List.of(minute, half))).isEqualTo(Duration.ofSeconds(30));
        assertThat(Lifetime.found(List.of(days))).isEqualTo(Duration.ofHours(1));
        assertThat(Lifetime.found(List.of(container))).isEqualTo(Duration.ofSeconds(5));
        assertThat(Lifetime.found(List.of(minute, silent))).isEqualTo(Duration.ofSeconds(30));
        assertThat(Lifetime.missing(List.of(half, Reply.negative(Reply.Kind.NO_NAME, server, Duration.ofDays(1)))))
                .isEqualTo(Duration.ofSeconds(30));
        assertThat(Lifetime.missing(List.of(half, Reply.negative(Reply.Kind.NO_NAME, server, null))))
                .isZero();
        assertThat(Lifetime.missing(List.of(half, silent))).isZero();
    }
}
