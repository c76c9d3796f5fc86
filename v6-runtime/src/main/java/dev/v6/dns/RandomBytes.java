// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that nobody guesses: the kernel's own, where there are some. The JDK's generator draws from there as well, after it
 * has loaded its providers, which takes 30 ms of a service's start and some memory. One thread's.
 */
final class RandomBytes {
    private static final String KERNEL = "/dev/urandom";

    private final byte[] bytes = new byte[1 << 10];
    private int at = bytes.length;
    private @Nullable SecureRandom other;

    /** The next one, 0 to 255. */
    int next() {
        if (at == bytes.length) {
            fill();
            at = 0;
        }
        return bytes[at++] & 0xff;
    }

    private void fill() {
        if (other == null) {
            try (InputStream in = new FileInputStream(KERNEL)) {
                if (in.readNBytes(bytes, 0, bytes.length) == bytes.length) {
                    return;
                }
            } catch (IOException | SecurityException e) {
                // The JDK knows another way.
            }
            other = new SecureRandom();
        }
        other.nextBytes(bytes);
    }
}
