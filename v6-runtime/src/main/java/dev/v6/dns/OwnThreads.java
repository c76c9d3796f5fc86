// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

/** The resolver's own threads. What they look up is the built-in resolver's matter, or the resolver would wait for itself. */
final class OwnThreads {
    private static final String NAME = "v6-dns";

    private OwnThreads() {}

    /** A daemon thread that keeps no application's class loader alive. */
    static Thread daemon(String part, Runnable task) {
        return own(new Thread(task), part);
    }

    /** Makes a thread one of them. */
    static Thread own(Thread thread, String part) {
        thread.setName(part.isEmpty() ? NAME : NAME + "-" + part);
        thread.setDaemon(true);
        thread.setContextClassLoader(OwnThreads.class.getClassLoader());
        return thread;
    }

    static boolean here() {
        return Thread.currentThread().getName().startsWith(NAME);
    }
}
