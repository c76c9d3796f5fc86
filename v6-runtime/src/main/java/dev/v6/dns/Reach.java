// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

/** What is known of the way to a server from this network namespace. */
enum Reach {
    /** It has not been asked yet. */
    UNPROVEN,
    /** It answers. */
    ANSWERS,
    /** It was asked and nothing came back, or a refusal. */
    SILENT
}
