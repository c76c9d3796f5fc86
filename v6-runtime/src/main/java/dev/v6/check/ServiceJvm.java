// SPDX-License-Identifier: Apache-2.0
package dev.v6.check;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * A JVM of the service: this one, whose properties count however they were set, or one beside it, of which only its start
 * shows.
 */
final class ServiceJvm {
    private final @Nullable Surroundings self;
    private final @Nullable Properties properties;
    private final Map<String, String> environment;
    private @Nullable JvmProcess process;

    private ServiceJvm(@Nullable Surroundings self, @Nullable JvmProcess process, Map<String, String> environment) {
        this.self = self;
        this.properties = self == null ? null : self.properties();
        this.process = process;
        this.environment = environment;
    }

    /** This one if it is the service's own, else those beside it. */
    static List<ServiceJvm> all(Facts facts) {
        Surroundings surroundings = facts.surroundings();
        if (surroundings.insideService()) {
            return List.of(own(surroundings));
        }
        List<ServiceJvm> all = new ArrayList<>();
        for (JvmProcess process : JvmProcesses.of(facts)) {
            all.add(beside(process, surroundings));
        }
        return all;
    }

    static ServiceJvm own(Surroundings surroundings) {
        return new ServiceJvm(surroundings, null, surroundings.environment());
    }

    static ServiceJvm beside(JvmProcess process, Surroundings surroundings) {
        Map<String, String> its = process.environment();
        return new ServiceJvm(null, process, its == null ? surroundings.environment() : its);
    }

    boolean own() {
        return properties != null;
    }

    /** Its start, as far as that shows. That of this JVM is read if it is asked for: most often its properties will do. */
    @Nullable
    JvmProcess process() {
        if (process == null && self != null) {
            process = JvmProcess.read(self.root().resolve(Long.toString(self.self())), self.self());
        }
        return process;
    }

    Map<String, String> environment() {
        return environment;
    }

    /** A system property, null if it is not set. */
    @Nullable
    String property(String name) {
        return properties == null ? flag(name).value() : properties.getProperty(name);
    }

    /** What its start says of a system property. */
    JvmFlag flag(String name) {
        JvmProcess started = process();
        return started == null ? JvmFlag.of(name, environment) : JvmFlag.of(name, started, environment);
    }

    /** Where a property was set, for evidence. */
    String source(String name) {
        JvmFlag flag = flag(name);
        String value = flag.value();
        boolean there = value != null && value.equalsIgnoreCase(property(name));
        return there ? flag.source() : "by code or in a way that does not show here";
    }

    /** The class path, as far as it shows: names of files as they are for that process. */
    String classPath() {
        if (properties != null) {
            return properties.getProperty("java.class.path", "");
        }
        String named = process == null ? "" : LauncherWords.of(process).classPath();
        return named.isEmpty() ? environment.getOrDefault("CLASSPATH", "") : named;
    }

    /** A file of that process, from here. */
    Path path(String name) {
        JvmProcess other = process;
        if (properties != null || other == null) {
            return Path.of(name);
        }
        return name.startsWith("/")
                ? other.directory().resolve("root" + name)
                : other.directory().resolve("cwd").resolve(name);
    }

    /** For example {@code this JVM}, or {@code process 42 (app.jar)}. */
    @Override
    public String toString() {
        return properties != null || process == null ? "this JVM" : process.toString();
    }
}
