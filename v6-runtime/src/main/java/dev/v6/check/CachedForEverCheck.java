// SPDX-License-Identifier: Apache-2.0
package dev.v6.check;

import dev.v6.Finding;
import dev.v6.FindingCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * How long a JVM keeps a name's addresses: the security property first, then the system property, then 30 seconds, or for
 * ever where a security manager is set.
 */
final class CachedForEverCheck implements Check {
    private static final String SECURITY = "networkaddress.cache.ttl";
    private static final String SYSTEM = "sun.net.inetaddr.ttl";
    private static final String MANAGER = "java.security.manager";
    private static final String MORE_SECURITY = "java.security.properties";

    @Override
    public FindingCode code() {
        return FindingCode.DNS_CACHED_FOR_EVER;
    }

    @Override
    public CheckResult run(Facts facts) {
        List<ServiceJvm> jvms = ServiceJvm.all(facts);
        if (jvms.isEmpty()) {
            return CheckResult.skipped(code(), "No JVM of the service is to be seen from here.");
        }
        List<Finding> findings = new ArrayList<>();
        for (ServiceJvm jvm : jvms) {
            String why = forEver(jvm);
            if (why != null) {
                findings.add(Finding.of(code(), why + " for " + jvm));
            }
        }
        return CheckResult.of(code(), findings, "What a name's addresses are is asked again after a while.");
    }

    private static @Nullable String forEver(ServiceJvm jvm) {
        String security = jvm.own() ? Security.getProperty(SECURITY) : ofStart(jvm);
        Integer seconds = number(security);
        if (seconds != null) {
            return seconds < 0 ? "The security property " + SECURITY + " is " + seconds : null;
        }
        String system = jvm.property(SYSTEM);
        seconds = number(system);
        if (seconds != null) {
            return seconds < 0 ? "-D" + SYSTEM + "=" + seconds + " is set " + jvm.source(SYSTEM) : null;
        }
        String manager = jvm.property(MANAGER);
        boolean managed = manager != null && !manager.equals("allow") && !manager.equals("disallow");
        return managed ? SECURITY + " is not set, and a security manager is, -D" + MANAGER + "," : null;
    }

    /** As the JDK takes it: what is no number is as if it was not there. */
    private static @Nullable Integer number(@Nullable String text) {
        try {
            return text == null ? null : Integer.decode(text.trim());
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** What the files say that a JVM beside this one reads at its start. */
    private static @Nullable String ofStart(ServiceJvm jvm) {
        String added = jvm.property(MORE_SECURITY);
        if (added != null) {
            boolean alone = added.startsWith("="); // == on the command line: instead of the JDK's own
            String value = inFile(jvm.path(alone ? added.substring(1) : added));
            if (value != null || alone) {
                return value;
            }
        }
        Path home = home(jvm);
        return home == null
                ? null
                : inFile(jvm.path(home.resolve("conf/security/java.security").toString()));
    }

    private static @Nullable Path home(ServiceJvm jvm) {
        JvmProcess process = jvm.process();
        try {
            Path launcher = process == null
                    ? null
                    : Files.readSymbolicLink(process.directory().resolve("exe"));
            Path bin = launcher == null ? null : launcher.getParent();
            return bin == null ? null : bin.getParent();
        } catch (IOException e) {
            return null; // another user's
        }
    }

    private static @Nullable String inFile(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            Properties all = new Properties();
            all.load(in);
            return all.getProperty(SECURITY);
        } catch (IOException | IllegalArgumentException e) {
            return null;
        }
    }
}
