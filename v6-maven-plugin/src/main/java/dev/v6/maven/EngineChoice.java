// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven;

import dev.v6.Nearest;
import dev.v6.maven.engine.DockerEngine;
import dev.v6.maven.engine.DockerUnavailableException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.maven.plugin.logging.Log;
import org.jspecify.annotations.Nullable;

/** The parameter {@code v6.engine}. */
enum EngineChoice {
    AUTO,
    DOCKER,
    PROCESS;

    static EngineChoice parse(String text) {
        for (EngineChoice choice : values()) {
            if (choice.word().equals(text)) {
                return choice;
            }
        }
        List<String> words = Arrays.stream(values()).map(EngineChoice::word).toList();
        throw new IllegalArgumentException("v6.engine is '" + text + "', which is no engine. "
                + Nearest.hint(text, words) + " Write auto, docker or process.");
    }

    /** The Docker Engine, or null where the process engine is to be used; says which, and why. */
    @Nullable
    DockerEngine docker(@Nullable String image, Log log) throws DockerUnavailableException {
        if (this == PROCESS) {
            log.info("Engine: process, as v6.engine says.");
            return null;
        }
        try {
            DockerEngine docker = DockerEngine.open();
            log.info("Engine: docker " + docker.version()
                    + (this == AUTO ? ", as one answers." : ", as v6.engine says."));
            return docker;
        } catch (DockerUnavailableException e) {
            if (this == DOCKER || image != null) {
                throw e; // an image needs an engine, whatever was asked for
            }
            log.info("Engine: process, as no Docker Engine answers. " + e.getMessage());
            return null;
        }
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
