// SPDX-License-Identifier: Apache-2.0
package dev.v6.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchedFileTest {
    @TempDir
    Path directory;

    private final AtomicLong now = new AtomicLong();
    private final AtomicInteger readings = new AtomicInteger();
    private Path file;
    private WatchedFile<HostsFile> hosts;

    @BeforeEach
    void watch() throws Exception {
        file = Files.writeString(directory.resolve("hosts"), "::1 first\n");
        hosts = new WatchedFile<>(
                file,
                path -> {
                    readings.incrementAndGet();
                    return HostsFile.read(path);
                },
                now::get);
    }

    private boolean knows(String name) {
        return !hosts.get().addresses(name).isEmpty();
    }

    private void aSecondLater() {
        now.addAndGet(Duration.ofSeconds(1).toNanos());
    }

    @Test
    void aChangeIsSeenASecondLater() throws Exception {
        Files.writeString(file, "::1 second\n");
        assertThat(knows("first")).isTrue();
        aSecondLater();
        assertThat(knows("second")).isTrue();
        assertThat(knows("first")).isFalse();
    }

    @Test
    void withoutAChangeTheFileIsReadOnce() {
        HostsFile before = hosts.get();
        for (int i = 0; i < 10; i++) {
            aSecondLater();
            assertThat(hosts.get()).isSameAs(before);
        }
        assertThat(readings).hasValue(1);
    }

    @Test
    void anotherFileOfTheSameSizeAndTimeIsAChange() throws Exception {
        FileTime time = Files.getLastModifiedTime(file);
        Path other = Files.writeString(directory.resolve("other"), "::1 other\n");
        Files.setLastModifiedTime(other, time);
        Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
        aSecondLater();
        assertThat(knows("other")).isTrue();
    }

    @Test
    void aFileThatGoesAndComesBackIsFollowed() throws Exception {
        Files.delete(file);
        aSecondLater();
        assertThat(knows("first")).isFalse();
        assertThat(hosts.get().findings()).hasSize(1);
        Files.writeString(file, "::1 first\n");
        aSecondLater();
        assertThat(knows("first")).isTrue();
    }
}
