// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.jib;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.maven.plugin.MojoExecutionException;
import org.jspecify.annotations.Nullable;

/** Turns what Jib throws into sentences that end in what to do. */
final class JibTrouble {
    /** By name, since Jib's classes are those of another class loader. What a registry, or the way to it, throws. */
    private static final Set<String> BASE_IMAGE = Set.of(
            "UnknownHostException",
            "ConnectException",
            "NoRouteToHostException",
            "SocketTimeoutException",
            "SSLException",
            "SSLHandshakeException",
            "SSLPeerUnverifiedException",
            "RegistryErrorException",
            "RegistryUnauthorizedException",
            "RegistryAuthenticationFailedException",
            "RegistryCredentialsNotSentException",
            "InsecureRegistryException",
            "NoSuchFileException");

    private static final Set<String> PLUGIN = Set.of(
            "PluginResolutionException",
            "PluginNotFoundException",
            "PluginDescriptorParsingException",
            "InvalidPluginDescriptorException");

    private static final String NOT_COMPILED = "Obtaining project build output files failed";
    private static final String OFFLINE = "Cannot run Jib in offline mode";

    private JibTrouble() {}

    /**
     * What to tell the user.
     *
     * @param baseImage {@code from.image}; null for Jib's default
     * @param version the version of Jib that ran
     * @param failed what running it threw, kept as the cause
     */
    static BakeException of(@Nullable String baseImage, String version, MojoExecutionException failed) {
        List<Throwable> chain = chain(failed);
        String said = said(chain);
        String sentence;
        if (names(chain, PLUGIN)) {
            sentence = "jib-maven-plugin " + version + " cannot be had: " + said
                    + ". Correct its <version> in the POM, or let Maven reach a repository that has it.";
        } else if (said.contains("for parameter pluginExtensions")) {
            sentence = "jib-maven-plugin " + version
                    + " knows no extensions, and v6 is one. Raise its <version> in the POM"
                    + " to 2.8.0 or newer; v6 uses " + Versions.JIB + " where none is named.";
        } else if (said.startsWith(NOT_COMPILED)) {
            sentence = "The project is not compiled: there is no "
                    + chain.get(chain.size() - 1).getMessage()
                    + ". Run mvn package, or name a phase before the goal: mvn compile v6:build.";
        } else if (names(chain, BASE_IMAGE) || said.startsWith(OFFLINE) || said.startsWith("'docker inspect'")) {
            String image = baseImage == null ? "Jib's default base image" : "The base image " + baseImage;
            sentence = image + " cannot be had: " + said
                    + ". Correct <from><image> or the way to its registry, or take one that is here:"
                    + " -Djib.from.image=docker://NAME from your engine, or -Djib.from.image=tar://PATH from a file.";
        } else if (said.startsWith("'docker load'")) {
            sentence = "The engine did not take the image: " + said
                    + ". Check that it works (docker info) and has room left (docker system df).";
        } else if (said.contains("perhaps you should")) {
            sentence = "Jib cannot bake the image: " + said + ".";
        } else {
            sentence = "Jib cannot bake the image: " + said
                    + ". Change the jib-maven-plugin's configuration in the POM; mvn jib:buildTar shows the same without"
                    + " v6.";
        }
        return new BakeException(sentence, failed);
    }

    /** Jib's own words: the outermost message that is not merely the running goal's wrapping. */
    private static String said(List<Throwable> chain) {
        Throwable telling = chain.get(
                chain.size() > 1 && "Unable to execute mojo".equals(chain.get(0).getMessage()) ? 1 : 0);
        String message = String.valueOf(telling.getMessage()).strip();
        Throwable cause = telling.getCause();
        // Jib passes on the exception's message, which is the path and nothing else.
        if (cause != null && named(cause).equals("NoSuchFileException") && message.equals(cause.getMessage())) {
            message = "there is no file " + message;
        }
        return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
    }

    private static List<Throwable> chain(Throwable outermost) {
        List<Throwable> chain = new ArrayList<>();
        Throwable at = outermost;
        while (at != null && !chain.contains(at)) {
            chain.add(at);
            at = at.getCause();
        }
        return chain;
    }

    private static boolean names(List<Throwable> chain, Set<String> names) {
        return chain.stream().anyMatch(throwable -> names.contains(named(throwable)));
    }

    private static String named(Throwable throwable) {
        return throwable.getClass().getSimpleName();
    }
}
