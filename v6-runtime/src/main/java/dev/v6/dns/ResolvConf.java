// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What resolv.conf(5) says, as glibc takes it, and what Docker writes into its comments.
 *
 * @param nameservers at most three, in order; empty where none is named, which stands for 127.0.0.1
 * @param surplus named beyond the third, which glibc never asks
 * @param search the domains to try, in order
 * @param options how to ask
 * @param external the servers that Docker's embedded one asks, if a comment tells of them (engine 26 and later)
 * @param defaults whether Docker says that it replaced the host's servers by its defaults
 * @param problems what could not be taken, in sentences, ten at most
 */
public record ResolvConf(
        List<InetAddress> nameservers,
        List<InetAddress> surplus,
        List<String> search,
        Options options,
        List<External> external,
        boolean defaults,
        List<String> problems) {
    /** What is longer is no configuration, and is taken as far as this. */
    private static final int LONGEST = 1 << 20;

    /**
     * The options line.
     *
     * @param ndots from how many dots on a name is tried as it is first, 0 to 15
     * @param timeoutSeconds for one question to one server, 1 to 30
     * @param attempts how often each server is asked, 1 to 5
     * @param rotate whether servers take turns
     * @param tcp use-vc: whether TCP is used from the start
     * @param noAaaa whether AAAA is not asked for (glibc 2.36)
     * @param single single-request: whether A and AAAA are asked one after the other
     */
    public record Options(
            int ndots, int timeoutSeconds, int attempts, boolean rotate, boolean tcp, boolean noAaaa, boolean single) {
        static final Options GLIBC = new Options(1, 5, 2, false, false, false, false);
    }

    /**
     * A server that the embedded one asks.
     *
     * @param address of the server
     * @param fromHost whether the engine asks it from the host's namespace, {@code host(…)} in the comment, so that it may
     *     be out of reach from here
     */
    public record External(InetAddress address, boolean fromHost) {}

    /**
     * Reads a file. Whatever it holds, what can be taken is.
     *
     * @param file usually /etc/resolv.conf
     * @param environment LOCALDOMAIN and RES_OPTIONS in it go over what the file says
     * @return what it says
     * @throws IOException if it cannot be read, with a sentence that says why
     */
    public static ResolvConf read(Path file, Map<String, String> environment) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException(file + " is a directory. Put a file there.");
        }
        try (InputStream in = Files.newInputStream(file)) {
            String text = new String(in.readNBytes(LONGEST), StandardCharsets.ISO_8859_1);
            ResolvConf conf = ResolvConfReader.read(text, environment);
            return in.read() < 0
                    ? conf
                    : conf.with(file + " is longer than " + LONGEST + " bytes; the rest is left out.");
        } catch (NoSuchFileException e) {
            throw new IOException(file + " does not exist. Mount one, or let the engine make it.", e);
        } catch (IOException e) {
            throw new IOException(file + " could not be read: " + e.getMessage() + ". Make it readable for all.", e);
        }
    }

    private ResolvConf with(String problem) {
        List<String> more = new ArrayList<>(List.of(problem));
        more.addAll(problems);
        return new ResolvConf(nameservers, surplus, search, options, external, defaults, List.copyOf(more));
    }
}
