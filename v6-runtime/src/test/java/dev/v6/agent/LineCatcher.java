// SPDX-License-Identifier: Apache-2.0
package dev.v6.agent;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Hands on each line as it is printed. */
final class LineCatcher extends PrintStream {
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Consumer<String> onLine;

    LineCatcher(Consumer<String> onLine) {
        super(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        this.onLine = onLine;
    }

    @Override
    public void println(String line) {
        lines.add(line);
        onLine.accept(line);
    }

    List<String> lines() {
        return lines;
    }
}
