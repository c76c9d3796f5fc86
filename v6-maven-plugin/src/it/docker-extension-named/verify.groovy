import static org.assertj.core.api.Assertions.assertThat

import dev.v6.maven.engine.DockerAccess

def docker = DockerAccess.open().client()
try {
    def config = docker.inspectImageCmd('v6-it-docker-extension-named').exec().config
    assertThat(config.entrypoint as List)
            .startsWith('java', '-agentlib:instrument=/v6/boot.jar=ports=8080', '-cp')
    assertThat(config.labels).containsEntry('dev.v6.ports', '8080').containsKey('dev.v6.version')
    docker.removeImageCmd('v6-it-docker-extension-named').exec()
} finally {
    docker.close()
}
true
