// SPDX-License-Identifier: Apache-2.0
package dev.v6.proc;

import java.nio.ByteOrder;
import java.util.List;
import java.util.function.Predicate;

/** Keeps the rows that a filter wants, with their addresses. */
final class AddressScan implements ProcFs.Scan {
    private final ByteOrder order;
    private final Predicate<SocketEntry> filter;
    private final List<SocketEntry> kept;

    AddressScan(ByteOrder order, Predicate<SocketEntry> filter, List<SocketEntry> kept) {
        this.order = order;
        this.filter = filter;
        this.kept = kept;
    }

    @Override
    public boolean row(SocketLine row) {
        SocketEntry entry = row.entry(order);
        if (entry != null && filter.test(entry)) {
            kept.add(entry);
        }
        return entry != null;
    }
}
