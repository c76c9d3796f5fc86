// SPDX-License-Identifier: Apache-2.0
package dev.v6.proc;

import dev.v6.Protocol;
import java.nio.ByteOrder;
import java.util.List;

/** Keeps the listeners. A busy service has a hundred thousand other rows, of which no addresses are made. */
final class ListenerScan implements ProcFs.Scan {
    private final ByteOrder order;
    private final List<Listener> kept;

    ListenerScan(ByteOrder order, List<Listener> kept) {
        this.order = order;
        this.kept = kept;
    }

    @Override
    public boolean skips(TableReader line, Protocol protocol) {
        return SocketLine.connection(line, protocol);
    }

    @Override
    public boolean row(SocketLine row) {
        if (!row.listening()) {
            return true;
        }
        SocketEntry entry = row.entry(order);
        if (entry != null) {
            kept.add(Listener.of(entry));
        }
        return entry != null;
    }
}
