// SPDX-License-Identifier: Apache-2.0
package dev.v6.spring;

import dev.v6.Setting;
import dev.v6.check.CheckMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;

/** v6's settings as Spring gives them: those that an application's files may hold, and complaints of the others there. */
final class SpringSettings {
    private final ConfigurableEnvironment environment;
    private final List<String> complaints = new ArrayList<>();
    private final CheckMode mode;
    private final boolean downOnError;

    SpringSettings(ConfigurableEnvironment environment) {
        this.environment = environment;
        this.mode = CheckMode.of(value(Setting.CHECK), complaints);
        this.downOnError = flag(Setting.HEALTH_FAIL);
        for (Setting setting : Setting.values()) {
            if (setting != Setting.CHECK && setting != Setting.HEALTH_FAIL) {
                complainOfTooLate(setting);
            }
        }
    }

    CheckMode mode() {
        return mode;
    }

    boolean downOnError() {
        return downOnError;
    }

    /** What is wrong with them, a sentence each. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    private String value(Setting setting) {
        return environment.getProperty(setting.property(), "");
    }

    private boolean flag(Setting setting) {
        String word = value(setting).strip().toLowerCase(Locale.ROOT);
        if (!word.isEmpty() && !word.equals("true") && !word.equals("false")) {
            complaints.add(setting.property() + " is '" + word + "', which is neither true nor false, and so taken as"
                    + " false. Set it to one of them, or leave it out.");
        }
        return word.equals("true");
    }

    /** The JVM's look-ups, for one, are v6's before Spring has read its first file. */
    private void complainOfTooLate(Setting setting) {
        String value = value(setting);
        if (!value.isEmpty() && setting.value().isEmpty()) {
            complaints.add(setting.property() + "=" + value + origin(environment, setting.property())
                    + " has no effect there: v6 does not read it from Spring. Start the JVM with -D"
                    + setting.property() + "="
                    + value + ", or set " + setting.variable() + "=" + value + " in its environment.");
        }
    }

    /** Where a property stands, in brackets; nothing if that cannot be told. */
    static String origin(ConfigurableEnvironment environment, String property) {
        for (PropertySource<?> source : environment.getPropertySources()) {
            Origin origin = OriginLookup.getOrigin(source, property);
            if (origin != null) {
                return " (" + origin + ")";
            }
        }
        return "";
    }
}
