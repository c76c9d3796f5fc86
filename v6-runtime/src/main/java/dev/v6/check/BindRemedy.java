// SPDX-License-Identifier: Apache-2.0
package dev.v6.check;

import dev.v6.FindingCode;
import dev.v6.proc.Listener;
import dev.v6.proc.SocketHolders.Holder;
import org.jspecify.annotations.Nullable;

/** What to change for a port to serve both families, in the words of whatever has opened it. */
final class BindRemedy {
    private BindRemedy() {}

    static String of(FindingCode code, PortView port, Facts facts) {
        ServiceJvm jvm = jvm(port, facts);
        if (jvm == null) {
            return code.remedy();
        }
        if ("true".equalsIgnoreCase(jvm.property(PreferIpv4StackCheck.PROPERTY))) {
            return "Do what " + FindingCode.PREFER_IPV4_STACK.id()
                    + " says: the flag is what keeps IPv6 from this socket.";
        }
        return FrameworkFinder.remedy(jvm, code.remedy());
    }

    /** The JVM that holds the port's first socket; null if it is none, or none that shows. */
    private static @Nullable ServiceJvm jvm(PortView port, Facts facts) {
        Surroundings surroundings = facts.surroundings();
        Holder holder = null;
        for (Listener listener : port.listeners()) {
            holder = holder == null ? facts.holder(listener) : holder;
        }
        if (surroundings.insideService() && (holder == null || holder.pid() == surroundings.self())) {
            return ServiceJvm.own(surroundings);
        }
        JvmProcess process = holder == null
                ? null
                : JvmProcess.read(surroundings.root().resolve(Long.toString(holder.pid())), holder.pid());
        return process == null ? null : ServiceJvm.beside(process, surroundings);
    }
}
