// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.report;

import dev.v6.Family;
import dev.v6.Finding;
import dev.v6.Outcome;
import dev.v6.Protocol;
import dev.v6.Severity;
import dev.v6.maven.engine.Port;
import dev.v6.maven.engine.Vantage;
import dev.v6.maven.verify.Cell;
import dev.v6.maven.verify.Result;
import dev.v6.maven.verify.Verdict;
import dev.v6.proc.Listener;
import java.util.ArrayList;
import java.util.List;

/** The report for people: a table, what listens, what is wrong and what to do, the verdict. */
public final class ConsoleReport {
    private static final int FIRST = 15;
    private static final int COLUMN = 30;

    private final Result result;
    private final boolean colour;
    private final List<String> lines = new ArrayList<>();

    private ConsoleReport(Result result, boolean colour) {
        this.result = result;
        this.colour = colour;
    }

    /**
     * The whole report.
     *
     * @param result what came of the verification
     * @param colour whether the terminal takes ANSI colours
     * @return its lines
     */
    public static List<String> lines(Result result, boolean colour) {
        ConsoleReport report = new ConsoleReport(result, colour);
        report.head();
        report.matrix();
        report.notes();
        report.findings();
        report.lines.add("");
        report.lines.add("Verdict: " + report.paint(result.verdict().toString(), report.shade(result.verdict())));
        if (!result.reason().isEmpty()) {
            report.lines.addAll(result.reason().lines().toList());
        }
        return report.lines;
    }

    /**
     * What is wrong, for the message that the build fails with.
     *
     * @param result what came of the verification
     * @return the verdict, why, and each finding with its remedy
     */
    public static String failure(Result result) {
        StringBuilder text = new StringBuilder(result.placement().subject() + " is " + result.verdict() + ".");
        if (!result.reason().isEmpty()) {
            text.append('\n').append(result.reason());
        }
        for (Finding finding : result.findings()) {
            if (finding.severity() == Severity.ERROR) {
                text.append('\n')
                        .append(finding.code().id())
                        .append(' ')
                        .append(finding.code().title());
                text.append("\n  seen:   ").append(finding.evidence());
                text.append("\n  remedy: ").append(finding.remedy());
            }
        }
        return text.toString();
    }

    private void head() {
        lines.add(paint("v6:verify " + result.placement().subject(), Shade.BOLD) + "  (" + result.engineKind() + " "
                + result.engineVersion() + ", " + result.placement().network() + ")");
    }

    private void matrix() {
        List<Port> ports =
                result.cells().stream().map(c -> c.aim().port()).distinct().toList();
        for (Port port : ports) {
            lines.add("");
            lines.add(pad(port.toString(), FIRST) + pad("IPv4", COLUMN) + "IPv6");
            for (Vantage vantage : Vantage.values()) {
                Cell ipv4 = cell(port, vantage, Family.IPV4);
                Cell ipv6 = cell(port, vantage, Family.IPV6);
                if (ipv4 != null && ipv6 != null) {
                    lines.add((pad(vantage.word(), FIRST) + text(ipv4, COLUMN) + text(ipv6, 0)).stripTrailing());
                }
            }
        }
    }

    private @org.jspecify.annotations.Nullable Cell cell(Port port, Vantage vantage, Family family) {
        return result.cells().stream()
                .filter(c -> c.aim().port().equals(port)
                        && c.aim().vantage() == vantage
                        && c.aim().family() == family)
                .findFirst()
                .orElse(null);
    }

    private String text(Cell cell, int width) {
        String text = cell.outcome().word();
        if (cell.outcome() == Outcome.OK) {
            text += " " + cell.passage().word() + ", " + cell.millis() + " ms";
        }
        if (cell.finding() != null) {
            text += " (" + cell.finding().id() + ")";
        }
        if (!cell.required()) {
            text += ", not required";
        }
        Shade shade = cell.proven() ? Shade.GREEN : cell.required() ? Shade.RED : Shade.YELLOW;
        return paint(text, shade) + " ".repeat(Math.max(width > 0 ? 2 : 0, width - text.length()));
    }

    private void notes() {
        List<String> notes = new ArrayList<>();
        for (Listener listener : result.listeners()) {
            boolean tried = result.cells().stream()
                    .anyMatch(c -> c.aim().port().number() == listener.local().port());
            if (tried || listener.protocol() == Protocol.UDP) {
                notes.add(listener.local() + "/" + listener.protocol().word() + " listens for "
                        + String.join(
                                " and ",
                                listener.families().stream()
                                        .sorted()
                                        .map(Family::toString)
                                        .toList())
                        + (listener.protocol() == Protocol.UDP ? "; UDP is not tried" : ""));
            }
        }
        if (!result.facts().localhost().isEmpty()) {
            notes.add("localhost there is "
                    + String.join(", then ", result.facts().localhost()));
        }
        for (Cell cell : result.cells()) {
            if (!cell.required() && cell.outcome() != Outcome.OK && cell.finding() == null) {
                notes.add(cell.aim().vantage().word() + " " + cell.aim().family() + ": " + cell.detail());
            }
        }
        if (!result.placement().hostVantage().isEmpty()) {
            notes.add(result.placement().hostVantage());
        }
        notes.addAll(result.facts().problems());
        if (!notes.isEmpty()) {
            lines.add("");
            notes.stream().distinct().forEach(lines::add);
        }
    }

    private void findings() {
        for (Finding finding : result.findings()) {
            lines.add("");
            Shade shade = finding.severity() == Severity.ERROR ? Shade.RED : Shade.YELLOW;
            lines.add(paint(finding.code().id() + " " + finding.code().title(), shade)
                    + (finding.severity() == Severity.ERROR
                            ? ""
                            : " (" + finding.severity().name().toLowerCase(java.util.Locale.ROOT) + ")"));
            lines.add("  seen:   " + finding.evidence());
            lines.add("  cause:  " + finding.cause());
            lines.add("  remedy: " + finding.remedy());
        }
    }

    private Shade shade(Verdict verdict) {
        return switch (verdict) {
            case READY -> Shade.GREEN;
            case NOT_READY -> Shade.RED;
            case NOT_PROVEN -> Shade.YELLOW;
        };
    }

    private String paint(String text, Shade shade) {
        return colour ? "\u001b[" + shade.code + "m" + text + "\u001b[0m" : text;
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(1, width - text.length()));
    }

    /** SGR codes of ECMA-48. */
    private enum Shade {
        BOLD(1),
        RED(31),
        GREEN(32),
        YELLOW(33);

        private final int code;

        Shade(int code) {
            this.code = code;
        }
    }
}
