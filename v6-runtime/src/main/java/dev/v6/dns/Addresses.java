// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import dev.v6.Literal;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** Addresses as resolv.conf and hosts have them: in digits, without brackets. */
final class Addresses {
    private Addresses() {}

    static @Nullable InetAddress parse(String text) {
        try {
            return text.startsWith("[") ? null : Literal.parse(text);
        } catch (IllegalArgumentException none) {
            return null;
        }
    }
}
