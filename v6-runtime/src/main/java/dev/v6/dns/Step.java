// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import java.time.Duration;

/**
 * One step on the way to an address.
 *
 * @param at when, from the beginning of the look-up
 * @param who the server, or what else had a word: {@code hosts}, {@code v6}
 * @param asked the question, such as {@code AAAA www.example.com}
 * @param said what came of it
 */
public record Step(Duration at, String who, String asked, String said) {}
