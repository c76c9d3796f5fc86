// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.verify;

/** Told now and then of how far a verification is. */
public interface Progress {
    /**
     * Something a person who waits wants to know.
     *
     * @param sentence without a line feed
     */
    void say(String sentence);
}
