// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import dev.v6.Finding;
import dev.v6.FindingCode;
import dev.v6.proc.Problems;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What resolv.conf(5) says, with what the engine's comments tell besides. {@code sortlist} does not count, as the order
 * of addresses is that of RFC 6724.
 *
 * @param servers the servers of the file, in its order, at most the three that glibc takes; none if it names none, where
 *     glibc would ask 127.0.0.1
 * @param search the domains to try a short name in, without trailing dots
 * @param options the options
 * @param engine what the engine's comments say
 * @param findings what of it could not be read
 */
public record ResolvConf(
        List<InetAddress> servers,
        List<String> search,
        ResolvOptions options,
        EngineNotes engine,
        List<Finding> findings) {

    /**
     * Takes copies of the lists.
     *
     * @param servers see {@link #servers()}
     * @param search see {@link #search()}
     * @param options see {@link #options()}
     * @param engine see {@link #engine()}
     * @param findings see {@link #findings()}
     */
    public ResolvConf {
        servers = List.copyOf(servers);
        search = List.copyOf(search);
        findings = List.copyOf(findings);
    }

    /** As a class, since a lambda would be made at a service's start. */
    static final class Reader implements Function<Path, ResolvConf> {
        @Override
        public ResolvConf apply(Path file) {
            return read(file);
        }
    }

    /**
     * Reads a file, with LOCALDOMAIN and RES_OPTIONS from this process's environment. A file that cannot be read is one
     * that says nothing, with a finding.
     *
     * @param file usually /etc/resolv.conf
     * @return what it says
     */
    public static ResolvConf read(Path file) {
        Problems problems = new Problems();
        String text = TextFile.read(file, problems);
        return parse(text, file, ResolvEnvironment.here(), problems);
    }

    /** What a text says; pure but for the interfaces that zones name. */
    static ResolvConf parse(String text, Path file, ResolvEnvironment environment) {
        return parse(text, file, environment, new Problems());
    }

    private static ResolvConf parse(String text, Path file, ResolvEnvironment environment, Problems problems) {
        ResolvConfParser parser = new ResolvConfParser(file, environment, problems);
        int number = 0;
        for (String line : text.split("\n", -1)) {
            parser.line(++number, line);
        }
        return parser.end();
    }

    static List<Finding> findings(List<String> problems) {
        List<Finding> findings = new ArrayList<>();
        for (String problem : problems) {
            findings.add(Finding.of(FindingCode.BAD_RESOLVER_FILE, problem));
        }
        return findings;
    }
}
