// SPDX-License-Identifier: Apache-2.0
package dev.v6.check;

import dev.v6.Finding;
import dev.v6.FindingCode;
import dev.v6.proc.InterfaceAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Whether the IPv6 addresses that are there can be used (RFC 4862, 5.4 and 5.5). A new address is tentative for a second or
 * two, and a service may well be up before it is through: only where none gets through is that a fault. A host's idle bridge,
 * for one, has an address that stays tentative for want of a carrier, and nobody misses it.
 */
final class AddressStateCheck implements Check {
    private static final Duration DETECTION = Duration.ofMillis(2500);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    @Override
    public FindingCode code() {
        return FindingCode.ADDRESS_NOT_USABLE;
    }

    @Override
    public CheckResult run(Facts facts) {
        if (!facts.mounted()) {
            return CheckResult.unknown(code(), NO_PROC);
        }
        List<InterfaceAddress> addresses = settled(facts);
        if (addresses.isEmpty()) {
            return CheckResult.skipped(
                    code(),
                    "There is no address that could be so: see " + FindingCode.IPV6_DISABLED.id() + ", "
                            + FindingCode.NO_IPV6_ADDRESS.id());
        }
        List<Finding> findings = new ArrayList<>();
        boolean preferred = anyPreferred(addresses);
        List<String> all = new ArrayList<>();
        for (InterfaceAddress address : addresses) {
            all.add(address
                    + (address.deprecated() ? " (deprecated)" : "")
                    + (address.tentative() ? " (tentative)" : ""));
            if (address.dadFailed()) {
                findings.add(Finding.of(code(), address + ": duplicate address detection failed, another node has it"));
            } else if (address.tentative() && !preferred) {
                findings.add(Finding.of(code(), address + " is still tentative after " + DETECTION.toMillis() + " ms")
                        .withRemedy(
                                "Look at the link: the detection does not end where the interface has no carrier. With"
                                        + " net.ipv6.conf." + address.interfaceName()
                                        + ".accept_dad=0, set before the address is, there is none."));
            } else if (address.deprecated() && !preferred) {
                findings.add(
                        Finding.of(code(), address + " is deprecated, and no other address is there")
                                .withRemedy(
                                        "Look at who gives the address: the router's advertisements or the lease have run out"
                                                + " (preferred lifetime 0). Set it with preferred_lft forever if it is to stay."));
            }
        }
        return CheckResult.of(code(), findings, String.join(", ", all));
    }

    private static boolean anyPreferred(List<InterfaceAddress> addresses) {
        for (InterfaceAddress address : addresses) {
            if (!address.dadFailed() && !address.tentative() && !address.deprecated()) {
                return true;
            }
        }
        return false;
    }

    private static boolean anyInDetection(List<InterfaceAddress> addresses) {
        for (InterfaceAddress address : addresses) {
            if (address.tentative() && !address.dadFailed()) {
                return true;
            }
        }
        return false;
    }

    private static List<InterfaceAddress> settled(Facts facts) {
        List<InterfaceAddress> addresses = global(facts.addresses().rows());
        long end = System.nanoTime() + DETECTION.toNanos();
        while (!anyPreferred(addresses) && anyInDetection(addresses) && System.nanoTime() - end < 0) {
            try {
                TimeUnit.NANOSECONDS.sleep(BETWEEN_LOOKS.toNanos());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return addresses;
            }
            addresses = global(facts.surroundings().proc().addresses().rows());
        }
        return addresses;
    }

    private static List<InterfaceAddress> global(List<InterfaceAddress> rows) {
        List<InterfaceAddress> global = new ArrayList<>();
        for (InterfaceAddress row : rows) {
            if (row.global()) {
                global.add(row);
            }
        }
        return global;
    }
}
