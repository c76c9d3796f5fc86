import static org.assertj.core.api.Assertions.assertThat

import dev.v6.maven.engine.DockerAccess
import dev.v6.maven.jib.BakedImage

def baked = BakedImage.read(basedir.toPath().resolve('target/v6')).orElseThrow()
assertThat(baked.name()).isEqualTo('v6-it-docker-bake:1')
assertThat(baked.tar()).isEmpty()
def docker = DockerAccess.open().client()
try {
    def image = docker.inspectImageCmd(baked.name()).exec()
    assertThat(image.id).isEqualTo(baked.id())
    assertThat(image.config.entrypoint as List).contains('-agentlib:instrument=/v6/boot.jar')
    docker.removeImageCmd(baked.name()).exec()
} finally {
    docker.close()
}
true
