// SPDX-License-Identifier: Apache-2.0
package dev.v6.net;

import dev.v6.Family;
import dev.v6.proc.ProcFs;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The host's addresses, read again once they are two seconds old: by one caller, while the others go on with what is
 * there. An old view spoils nothing, for it decides the order alone: a connect that has no source fails at once.
 */
final class LocalAddresses {
    private static final Duration FRESH = Duration.ofSeconds(2);
    private static final LocalAddresses SYSTEM = new LocalAddresses(LocalAddresses::read, System::nanoTime);

    private final Supplier<List<LocalAddress>> reader;
    private final LongSupplier clock;
    private final ReentrantLock reading = new ReentrantLock();

    private volatile @Nullable View current;

    private record View(HostView host, long readAt) {}

    LocalAddresses(Supplier<List<LocalAddress>> reader, LongSupplier clock) {
        this.reader = reader;
        this.clock = clock;
    }

    static LocalAddresses system() {
        return SYSTEM;
    }

    /** What the host has; the same object for as long as it has the same. */
    HostView now() {
        View view = current;
        if (view == null) {
            reading.lock();
        } else if (clock.getAsLong() - view.readAt() < FRESH.toNanos() || !reading.tryLock()) {
            return view.host();
        }
        try {
            return refreshed();
        } finally {
            reading.unlock();
        }
    }

    private HostView refreshed() {
        View before = current;
        long now = clock.getAsLong();
        if (before != null && now - before.readAt() < FRESH.toNanos()) {
            return before.host();
        }
        List<LocalAddress> addresses = reader.get();
        HostView host =
                before != null && before.host().addresses().equals(addresses) ? before.host() : HostView.of(addresses);
        current = new View(host, now);
        return host;
    }

    /** From if_inet6 where it is there, as only the kernel tells which addresses are tentative or deprecated. */
    private static List<LocalAddress> read() {
        List<LocalAddress> found = new ArrayList<>();
        for (dev.v6.proc.InterfaceAddress row :
                ProcFs.at(Path.of("/proc")).addresses().rows()) {
            if (!row.tentative() && !row.dadFailed()) {
                found.add(new LocalAddress(
                        row.address(), row.prefixLength(), row.interfaceName(), row.deprecated(), row.temporary()));
            }
        }
        boolean known = !found.isEmpty();
        try {
            for (NetworkInterface device : NetworkInterface.networkInterfaces().toList()) {
                for (InterfaceAddress address : device.getInterfaceAddresses()) {
                    if (!known || Family.of(address.getAddress()) == Family.IPV4) {
                        found.add(LocalAddress.of(
                                address.getAddress(), address.getNetworkPrefixLength(), device.getName()));
                    }
                }
            }
        } catch (SocketException e) {
            // No interface that has an address, or none that may be seen: then all destinations are alike.
        }
        return List.copyOf(found);
    }
}
