// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.jib;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The versions that this jar was built with, so that the parent POM stays the one place that names them. */
final class Versions {
    /** This plugin's own. */
    static final String V6;
    /** The jib-maven-plugin that is used where the POM names none. */
    static final String JIB;

    static {
        Properties versions = new Properties();
        try (InputStream in = Versions.class.getResourceAsStream("versions.properties")) {
            if (in == null) {
                throw new IllegalStateException(
                        "versions.properties is not in v6-maven-plugin's jar. Use the jar as it is" + " published.");
            }
            versions.load(in);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        V6 = versions.getProperty("v6");
        JIB = versions.getProperty("jib");
    }

    private Versions() {}
}
