import static org.assertj.core.api.Assertions.assertThat

import dev.v6.maven.it.Image

for (tar in ['target/jib-image.tar', 'target/v6/image.tar']) {
    def image = Image.read(basedir.toPath().resolve(tar))
    assertThat(image.entrypoint()).startsWith(
            'java', '-agentlib:instrument=/v6/boot.jar=ports=8080', '-cp')
    assertThat(image.labels()).containsEntry('dev.v6.ports', '8080')
    assertThat(image.layersWith('v6/agent.jar')).isOne()
}
def log = new File(basedir, 'build.log').text
assertThat(log.split('Running extension: dev.v6.maven.jib.V6Extension', -1)).hasSize(3)
true
