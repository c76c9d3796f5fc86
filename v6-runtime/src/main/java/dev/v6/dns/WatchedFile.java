// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A file in a parsed form that follows its changes, looked at when it is asked for and once a second at most. An engine
 * writes these files in place (they are bind mounts), so a reading may meet one half written: the change that completes
 * it comes later than the stamp that was taken before reading.
 */
final class WatchedFile<T> {
    private static final long LOOK_EVERY = Duration.ofSeconds(1).toNanos();

    private final Path file;
    private final Function<Path, T> reader;
    private final LongSupplier clock;
    private final ReentrantLock looking = new ReentrantLock();

    private volatile Reading<T> reading;
    private volatile long lookAt;

    private record Reading<T>(T value, Stamp stamp) {}

    /** What changes when the file does; nothing of it where there is no file. */
    private record Stamp(@Nullable Object key, long size, long modified) {
        static Stamp of(Path file) {
            try {
                BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
                return new Stamp(
                        now.fileKey(), now.size(), now.lastModifiedTime().to(TimeUnit.NANOSECONDS));
            } catch (IOException e) {
                return new Stamp(null, -1, -1);
            }
        }
    }

    WatchedFile(Path file, Function<Path, T> reader, LongSupplier clock) {
        this.file = file;
        this.reader = reader;
        this.clock = clock;
        this.reading = read();
        this.lookAt = clock.getAsLong() + LOOK_EVERY;
    }

    /** The file as it was a second ago at the earliest. The same instance as long as it has not changed. */
    T get() {
        if (clock.getAsLong() - lookAt >= 0 && looking.tryLock()) {
            // Whoever comes while another looks takes what there is.
            try {
                if (!Stamp.of(file).equals(reading.stamp())) {
                    reading = read();
                }
                lookAt = clock.getAsLong() + LOOK_EVERY;
            } finally {
                looking.unlock();
            }
        }
        return reading.value();
    }

    private Reading<T> read() {
        Stamp before = Stamp.of(file);
        return new Reading<>(reader.apply(file), before);
    }
}
