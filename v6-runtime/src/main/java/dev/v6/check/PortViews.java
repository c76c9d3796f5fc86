// SPDX-License-Identifier: Apache-2.0
package dev.v6.check;

import dev.v6.proc.Listener;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Looks at several ports side by side: a silent service takes the whole time-out of a connect. */
final class PortViews {
    /** Own threads, for the common pool is the service's. */
    private static final int THREADS = 8;

    private PortViews() {}

    static List<PortView> of(Set<Integer> ports, List<Listener> listeners, OwnAddresses own) {
        List<Callable<PortView>> looks = new ArrayList<>();
        for (int port : ports) {
            looks.add(() -> PortView.of(port, listeners, own));
        }
        List<PortView> views = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS, PortViews::daemon);
        try {
            for (Future<PortView> look : threads.invokeAll(looks)) {
                views.add(look.get());
            }
            return views;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Looking at the ports was interrupted. Run the check again.", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("Looking at a port broke: " + e.getCause(), e);
        } finally {
            threads.shutdownNow();
        }
    }

    private static Thread daemon(Runnable look) {
        Thread thread = new Thread(look, "v6-check");
        thread.setDaemon(true);
        return thread;
    }
}
