// SPDX-License-Identifier: Apache-2.0
package dev.v6.check;

import dev.v6.FindingCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The servers that names go through. */
final class OnlyEmbeddedDnsCheck implements Check {
    private static final String EMBEDDED = "127.0.0.11";
    private static final int LONGEST_FILE = 1 << 16;

    /** As glibc reads it: the word must begin the line. */
    private static final Pattern NAMESERVER = Pattern.compile("(?m)^nameserver[ \t]+([^ \t\r\n]+)");

    @Override
    public FindingCode code() {
        return FindingCode.ONLY_EMBEDDED_DNS;
    }

    @Override
    public CheckResult run(Facts facts) {
        Path file = facts.surroundings().resolvConf();
        List<String> servers;
        try (InputStream in = Files.newInputStream(file)) {
            servers = servers(new String(in.readNBytes(LONGEST_FILE), StandardCharsets.ISO_8859_1));
        } catch (NoSuchFileException e) {
            return CheckResult.unknown(code(), file + " does not exist, so no server is known.");
        } catch (IOException e) {
            return CheckResult.unknown(code(), file + " could not be read: " + e.getMessage());
        }
        boolean only = !servers.isEmpty() && servers.stream().allMatch(EMBEDDED::equals);
        return only
                ? CheckResult.fail(code(), file + " names the server " + EMBEDDED + " and no other.")
                : CheckResult.pass(
                        code(),
                        file + (servers.isEmpty() ? " names no server." : " names " + String.join(", ", servers)));
    }

    private static List<String> servers(String text) {
        List<String> servers = new ArrayList<>();
        Matcher line = NAMESERVER.matcher(text);
        while (line.find()) {
            servers.add(line.group(1));
        }
        return servers;
    }
}
