// SPDX-License-Identifier: Apache-2.0
package dev.v6.agent;

import java.lang.System.Logger.Level;
import java.lang.instrument.Instrumentation;
import org.jspecify.annotations.Nullable;

/**
 * Says things where the service does: through SLF4J if the service has loaded it, through {@link System.Logger} if it has
 * loaded java.util.logging, else on standard error. What the service has not loaded is not loaded for this; standard
 * output is its own.
 */
final class ServiceLog {
    private static final String NAME = "dev.v6";

    private final @Nullable Instrumentation jvm;
    private @Nullable Class<?> slf4j;
    private boolean systemLogger;
    private boolean looked;

    ServiceLog(@Nullable Instrumentation jvm) {
        this.jvm = jvm;
    }

    /** All is well, or as it should be. */
    void info(String text) {
        say(text, "info", Level.INFO);
    }

    /** Something needs mending. */
    void warn(String text) {
        say(text, "warn", Level.WARNING);
    }

    /** Finds out what the service has, before anything of v6's loads more. */
    void look() {
        for (Class<?> loaded : jvm == null ? new Class<?>[0] : jvm.getAllLoadedClasses()) {
            if (loaded.getName().equals("org.slf4j.LoggerFactory")) {
                slf4j = loaded;
            }
            systemLogger |= loaded.getName().equals("java.util.logging.LogManager");
        }
        looked = true;
    }

    private void say(String text, String method, Level level) {
        if (!looked) {
            look();
        }
        if (slf4j != null && through(slf4j, method, text)) {
            return;
        }
        if (systemLogger) {
            System.getLogger(NAME).log(level, text);
        } else {
            stderr(text);
        }
    }

    /** Whether SLF4J has taken it. */
    private static boolean through(Class<?> factory, String method, String text) {
        try {
            Object logger = factory.getMethod("getLogger", String.class).invoke(null, NAME);
            Class.forName("org.slf4j.Logger", false, factory.getClassLoader())
                    .getMethod(method, String.class)
                    .invoke(logger, text);
            return true;
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            return false;
        }
    }

    /** For what is said before the service's main method. */
    static void stderr(String text) {
        StringBuilder line = new StringBuilder(text);
        if (!text.startsWith("v6: ")) {
            line.insert(0, "v6: ");
        }
        System.err.println(line);
    }
}
