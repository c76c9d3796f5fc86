// SPDX-License-Identifier: Apache-2.0
package dev.v6.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.v6.Family;
import dev.v6.probe.ProbeResult;
import dev.v6.proc.Listener;
import dev.v6.proc.ProcFs;
import dev.v6.proc.ProcTree;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WitnessTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    private final Reports reports = new Reports();
    private final List<Thread> started = new ArrayList<>();

    @TempDir
    Path root;

    @AfterEach
    void stop() throws InterruptedException {
        for (Thread thread : started) {
            thread.interrupt();
            thread.join();
        }
    }

    @Test
    void tellsFromWhomAConnectionCameAndWhetherItWasTaken() throws Exception {
        try (ServerSocket server = new ServerSocket(0)) {
            witness(ProcFs.at(Path.of("/proc")), server.getLocalPort());
            try (Socket client = new Socket("127.0.0.1", server.getLocalPort())) {
                Arrival waiting = reports.next(Arrival.class);

                assertThat(waiting.accepted()).isFalse();
                assertThat(waiting.family()).isEqualTo(Family.IPV4);
                assertThat(waiting.socket().remote().port()).isEqualTo(client.getLocalPort());
                try (Socket taken = server.accept()) {
                    assertThat(taken.isConnected()).isTrue();
                    assertThat(reports.next(Arrival.class).accepted()).isTrue();
                }
            }
            try (Socket client = new Socket("::1", server.getLocalPort())) {
                Arrival over6 = reports.next(Arrival.class);

                assertThat(over6.family()).isEqualTo(Family.IPV6);
                assertThat(over6.socket().remote().port()).isEqualTo(client.getLocalPort());
            }
        }
    }

    @Test
    void listenersAreToldAtTheStartAndWhenTheyChange() throws Exception {
        ProcTree tree = ProcTree.in(root).listens("tcp", "127.0.0.11", 40000).listens("udp", "127.0.0.11", 40001);
        witness(tree.procFs(), 8080);

        assertThat(reports.next(NamespaceFacts.class).ipv6Disabled()).isTrue();
        assertThat(reports.nextListeners())
                .as("the embedded DNS is none of the service")
                .isEmpty();
        tree.listens("tcp6", "::", 8080).listens("tcp", "0.0.0.0", 80);
        assertThat(reports.listenersThat(list -> list.size() == 2))
                .map(Listener::toString)
                .containsExactly("tcp 0.0.0.0:80", "tcp6 [::]:8080");
    }

    @Test
    void tableThatHoldsNoneOfThePortsIsStillLookedAt() throws Exception {
        ProcTree tree = ProcTree.in(root).listens("tcp6", "::1", 8080);
        witness(tree.procFs(), 8080);
        assertThat(reports.nextListeners()).hasSize(1);

        tree.listens("tcp", "0.0.0.0", 8080).listens("udp6", "::", 53);
        assertThat(reports.listenersThat(list -> list.size() == 3))
                .map(Listener::toString)
                .containsExactly("tcp 0.0.0.0:8080", "tcp6 [::1]:8080", "udp6 [::]:53");
    }

    @Test
    void factsAreToldAgainWhenTheyChange() throws Exception {
        ProcTree tree = ProcTree.in(root)
                .address("::1", 128, 0x10, 0x80, "lo")
                .address("2001:db8::2", 64, 0, 0x40, "eth0")
                .route("::", 0, "2001:db8::1", "00000003", "eth0");
        witness(tree.procFs(), 8080);

        NamespaceFacts before = reports.next(NamespaceFacts.class);
        assertThat(before.loopbackIpv6()).isTrue();
        assertThat(before.defaultRoute6()).isTrue();
        assertThat(before.ipv6Disabled()).isFalse();
        assertThat(before.addresses()).contains(new NamespaceFacts.Address("eth0", "2001:db8::2", 64, true, true));

        tree.write("net/if_inet6", "").address("2001:db8::2", 64, 0, 0x80, "eth0");
        NamespaceFacts after = reports.factsThat(facts ->
                facts.addresses().contains(new NamespaceFacts.Address("eth0", "2001:db8::2", 64, true, false)));
        assertThat(after.loopbackIpv6()).isFalse();
    }

    @Test
    void localhostIsWhatTheJvmMakesOfIt() throws Exception {
        witness(ProcTree.in(root).procFs(), 8080);

        NamespaceFacts facts = reports.factsThat(some -> !some.localhost().isEmpty());

        assertThat(facts.localhost()).contains("127.0.0.1");
        assertThat(facts.addresses())
                .as("IPv4 comes from the JDK")
                .contains(new NamespaceFacts.Address("lo", "127.0.0.1", 8, false, false));
        assertThat(facts.toJson()).containsEntry("event", "facts").containsEntry("ipv6Disabled", true);
    }

    @Test
    void switchedOffForAllTellsNothingWhereOneIsOn() throws Exception {
        ProcTree tree = ProcTree.in(root)
                .address("::1", 128, 0x10, 0x80, "lo")
                .write("sys/net/ipv6/conf/all/disable_ipv6", "1\n");
        witness(tree.procFs(), 8080);

        assertThat(reports.next(NamespaceFacts.class).ipv6Disabled()).isFalse();
    }

    @Test
    void missingTablesAreAmongTheProblems() throws Exception {
        ProcTree tree = ProcTree.in(root).delete("net/tcp6").delete("net/udp6").delete("net/if_inet6");
        witness(tree.procFs(), 8080);

        assertThat(reports.next(NamespaceFacts.class).problems()).hasSize(3).allSatisfy(problem -> assertThat(problem)
                .contains("IPv6 is not in this kernel"));
    }

    @Test
    void connectionsToOtherPortsAreNobodysBusiness() throws Exception {
        ProcTree tree = ProcTree.in(root)
                .connected("2001:db8::2", 9090, "2001:db8::1", 40000, "01", 17)
                .connected("2001:db8::2", 8080, "2001:db8::1", 40001, "06", 0);
        witness(tree.procFs(), 8080);

        Arrival arrival = reports.next(Arrival.class);
        assertThat(arrival.socket().remote().port()).isEqualTo(40001);
        assertThat(arrival.accepted()).isTrue();
        tree.connected("2001:db8::2", 9090, "2001:db8::1", 40002, "01", 17)
                .connected("2001:db8::2", 8080, "2001:db8::1", 40003, "01", 18);
        assertThat(reports.next(Arrival.class).socket().remote().port()).isEqualTo(40003);
    }

    @Test
    void endsWhenNobodyReads() throws Exception {
        Thread thread = witness(ProcTree.in(root).procFs(), 8080);
        reports.next(NamespaceFacts.class);
        reports.broken = true;

        thread.join(TimeUnit.SECONDS.toMillis(30));
        assertThat(thread.isAlive()).isFalse();
    }

    private Thread witness(ProcFs proc, int port) {
        Witness witness = new Witness(proc, Set.of(port), reports);
        Thread thread = new Thread(() -> witness.run(LONG));
        started.add(thread);
        thread.start();
        return thread;
    }

    private static final class Reports implements WitnessOutput {
        private final BlockingQueue<Object> queue = new LinkedBlockingQueue<>();
        private volatile boolean broken;

        @Override
        public void facts(NamespaceFacts facts) {
            queue.add(facts);
        }

        @Override
        public void listeners(List<Listener> listeners) {
            queue.add(listeners);
        }

        @Override
        public void arrival(Arrival arrival) {
            queue.add(arrival);
        }

        @Override
        public void probe(ProbeResult result) {
            queue.add(result);
        }

        @Override
        public boolean broken() {
            return broken;
        }

        <T> T next(Class<T> kind) throws InterruptedException {
            while (true) {
                Object report = queue.poll(30, TimeUnit.SECONDS);
                assertThat(report).as("a report of " + kind).isNotNull();
                if (kind.isInstance(report)) {
                    return kind.cast(report);
                }
            }
        }

        @SuppressWarnings("unchecked") // listeners() takes no other list
        List<Listener> nextListeners() throws InterruptedException {
            return (List<Listener>) next(List.class);
        }

        List<Listener> listenersThat(Predicate<List<Listener>> wanted) throws InterruptedException {
            List<Listener> listeners = nextListeners();
            while (!wanted.test(listeners)) {
                listeners = nextListeners();
            }
            return listeners;
        }

        NamespaceFacts factsThat(Predicate<NamespaceFacts> wanted) throws InterruptedException {
            NamespaceFacts facts = next(NamespaceFacts.class);
            while (!wanted.test(facts)) {
                facts = next(NamespaceFacts.class);
            }
            return facts;
        }
    }
}
