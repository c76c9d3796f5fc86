// SPDX-License-Identifier: Apache-2.0
package dev.v6.net;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Other settings for {@link HappyEyeballs} than those of RFC 8305, section 8. */
public final class HappyEyeballsBuilder {
    private static final Duration LEAST_DELAY = Duration.ofMillis(10);
    private static final Duration MOST_DELAY = Duration.ofSeconds(2);

    Duration attemptDelay = Duration.ofMillis(250);
    Duration resolutionDelay = Duration.ofMillis(50);
    PolicyTable policy = PolicyTable.defaults();
    Names names = JdkNames.system();

    @Nullable
    Validation validation;

    HappyEyeballsBuilder() {}

    /**
     * How long an attempt has for itself before the next one joins it: 250 ms unless set. The RFC recommends 100 ms at
     * least.
     *
     * @param delay from 10 ms to 2 s
     * @return this
     * @throws IllegalArgumentException if it is out of the RFC's bounds
     */
    public HappyEyeballsBuilder attemptDelay(Duration delay) {
        if (delay.compareTo(LEAST_DELAY) < 0 || delay.compareTo(MOST_DELAY) > 0) {
            throw new IllegalArgumentException(
                    "The attempt delay must be from 10 ms to 2 s (RFC 8305, section 8), but is " + delay.toMillis()
                            + " ms. Leave it out for 250 ms.");
        }
        attemptDelay = delay;
        return this;
    }

    /**
     * How long IPv4 addresses wait for IPv6 ones that are still being looked up: 50 ms unless set.
     *
     * @param delay zero or more, up to 2 s
     * @return this
     * @throws IllegalArgumentException if it is out of these bounds
     */
    public HappyEyeballsBuilder resolutionDelay(Duration delay) {
        if (delay.isNegative() || delay.compareTo(MOST_DELAY) > 0) {
            throw new IllegalArgumentException("The resolution delay must be from 0 to 2 s, but is " + delay.toMillis()
                    + " ms. Leave it out for 50 ms.");
        }
        resolutionDelay = delay;
        return this;
    }

    /**
     * The policy table that sorts the addresses: RFC 6724's unless set.
     *
     * @param table for example {@link PolicyTable#read} of /etc/gai.conf
     * @return this
     */
    public HappyEyeballsBuilder policy(PolicyTable table) {
        policy = table;
        return this;
    }

    /**
     * Who looks names up: the JDK unless set, which gives both families in one answer only.
     *
     * @param lookup asked for each name
     * @return this
     */
    public HappyEyeballsBuilder names(Names lookup) {
        names = lookup;
        return this;
    }

    /**
     * What a connection must pass before it wins: nothing unless set.
     *
     * @param step for example a TLS handshake
     * @return this
     */
    public HappyEyeballsBuilder validate(Validation step) {
        validation = step;
        return this;
    }

    /**
     * Sets up connecting like that; it remembers by itself what worked last.
     *
     * @return ready for any number of threads; keep it, as each remembers for itself
     */
    public HappyEyeballs build() {
        return new HappyEyeballs(this);
    }
}
