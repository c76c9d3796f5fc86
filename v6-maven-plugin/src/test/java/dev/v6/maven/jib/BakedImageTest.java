// SPDX-License-Identifier: Apache-2.0
package dev.v6.maven.jib;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BakedImageTest {
    @TempDir
    Path folder;

    @Test
    void whatIsWrittenIsRead() throws Exception {
        BakedImage image = new BakedImage("shop:1", "sha256:a", "sha256:b", Optional.of(folder.resolve("image.tar")));

        image.write(folder);

        assertThat(BakedImage.read(folder)).contains(image);
        assertThat(folder.resolve("image.properties"))
                .hasContent("name=shop:1\nid=sha256:a\ndigest=sha256:b\ntar=image.tar\n");
    }

    @Test
    void anImageInTheEngineHasNoTar() throws Exception {
        BakedImage image = new BakedImage("shop:1", "sha256:a", "sha256:b", Optional.empty());

        image.write(folder);

        assertThat(BakedImage.read(folder)).contains(image);
    }

    @Test
    void aForgottenImageIsGone() throws Exception {
        new BakedImage("shop:1", "", "", Optional.empty()).write(folder);

        BakedImage.forget(folder);

        assertThat(BakedImage.read(folder)).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aCommandIsFoundOnThePath() throws Exception {
        Path command = Files.createFile(folder.resolve("docker"));
        assertThat(JibBuild.onPath("docker", "/nonexistent:" + folder)).isFalse();

        assertThat(command.toFile().setExecutable(true)).isTrue();

        assertThat(JibBuild.onPath("docker", "/nonexistent:" + folder)).isTrue();
        assertThat(JibBuild.onPath("docker", "")).isFalse();
    }
}
