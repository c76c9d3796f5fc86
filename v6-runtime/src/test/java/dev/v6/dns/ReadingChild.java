// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import dev.v6.Finding;
import java.nio.file.Path;

/** Reads a resolv.conf, as whichever user it is started by, and prints its servers and what is wrong with it. */
final class ReadingChild {
    private ReadingChild() {}

    /** Argument: the file. */
    public static void main(String[] args) {
        ResolvConf conf = ResolvConf.read(Path.of(args[0]));
        System.out.println(conf.servers() + " "
                + conf.findings().stream().map(Finding::evidence).toList());
    }
}
