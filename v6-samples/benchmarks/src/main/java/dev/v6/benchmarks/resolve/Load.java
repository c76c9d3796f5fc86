// SPDX-License-Identifier: Apache-2.0
package dev.v6.benchmarks.resolve;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;

/** One peer under one load, in a JVM of its own inside the container. Prints figures apart by blanks. */
public final class Load {
    private static final int WARM_UP_THREADS = 64;
    private static final int CACHED = 2_000_000;

    private Load() {}

    /**
     * Measures and prints look-ups a second, median, 99th percentile and longest in milliseconds, and errors; or, of
     * {@code first}, the milliseconds of the first look-up and the age of the JVM after it.
     *
     * @param args peer, threads or {@code cached} or {@code first}, seconds to warm up, seconds to measure, upstream, a
     *     word for names of this run
     * @throws Exception if the peer cannot be started
     */
    public static void main(String[] args) throws Exception {
        Peer peer = Peer.valueOf(args[0]);
        String upstream = args[4];
        String run = args[5];
        if (args[1].equals("first")) {
            first(run);
        } else if (args[1].equals("cached")) {
            cached(peer.start(upstream), "n." + run + ".bench.test");
        } else {
            Peer.Lookup lookup = peer.start(upstream);
            if (Integer.parseInt(args[2]) > 0) {
                run(lookup, WARM_UP_THREADS, Integer.parseInt(args[2]), "w." + run);
            }
            System.out.println(run(lookup, Integer.parseInt(args[1]), Integer.parseInt(args[3]), "m." + run));
        }
        Runtime.getRuntime().halt(0); // some peers keep threads
    }

    /** The JDK's call, whoever answers it, and how old the JVM is after it. */
    private static void first(String run) throws IOException {
        long began = System.nanoTime();
        InetAddress.getAllByName("first." + run + ".bench.test");
        double millis = (System.nanoTime() - began) / 1e6;
        Instant start = ProcessHandle.current().info().startInstant().orElseThrow();
        System.out.printf(
                Locale.ROOT,
                "%.2f %d%n",
                millis,
                Duration.between(start, Instant.now()).toMillis());
    }

    private static void cached(Peer.Lookup lookup, String name) throws Exception {
        lookup.addresses(name);
        double best = 0;
        for (int round = 0; round < 5; round++) {
            long began = System.nanoTime();
            long sum = 0;
            for (int i = 0; i < CACHED; i++) {
                sum += lookup.addresses(name);
            }
            if (sum != 2L * CACHED) {
                throw new IOException(name + " lost an address on the way.");
            }
            best = Math.max(best, CACHED * 1e9 / (System.nanoTime() - began));
        }
        System.out.printf(Locale.ROOT, "%.0f%n", best);
    }

    private static String run(Peer.Lookup lookup, int threads, int seconds, String names) throws InterruptedException {
        List<long[]> all = Collections.synchronizedList(new ArrayList<>());
        AtomicInteger next = new AtomicInteger();
        AtomicInteger errors = new AtomicInteger();
        CountDownLatch ready = new CountDownLatch(threads);
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(threads);
        long length = TimeUnit.SECONDS.toNanos(seconds);
        for (int i = 0; i < threads; i++) {
            Thread thread = new Thread(() -> {
                LongStream.Builder nanos = LongStream.builder();
                ready.countDown();
                await(go);
                long start = System.nanoTime();
                for (long began = start; began - start < length; began = System.nanoTime()) {
                    if (!whole(lookup, "n" + next.getAndIncrement() + '.' + names + ".bench.test")) {
                        errors.incrementAndGet();
                    }
                    nanos.add(System.nanoTime() - began);
                }
                all.add(nanos.build().toArray());
                done.countDown();
            });
            thread.setDaemon(true);
            thread.start();
        }
        ready.await();
        long began = System.nanoTime();
        go.countDown();
        done.await();
        double took = (System.nanoTime() - began) / 1e9;
        long[] nanos = all.stream().flatMapToLong(Arrays::stream).sorted().toArray();
        return String.format(
                Locale.ROOT,
                "%.0f %.2f %.1f %.1f %d",
                nanos.length / took,
                nanos[nanos.length / 2] / 1e6,
                nanos[nanos.length * 99 / 100] / 1e6,
                nanos[nanos.length - 1] / 1e6,
                errors.get());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean whole(Peer.Lookup lookup, String name) {
        try {
            return lookup.addresses(name) == 2;
        } catch (Exception e) {
            return false;
        }
    }
}
