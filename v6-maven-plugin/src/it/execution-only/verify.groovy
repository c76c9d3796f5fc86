import static org.assertj.core.api.Assertions.assertThat

import dev.v6.maven.it.Image

def ours = Image.read(basedir.toPath().resolve('target/v6/image.tar'))
assertThat(ours.tags()).containsExactly('configured:1')
assertThat(ours.entrypoint()).startsWith('java', '-agentlib:instrument=/v6/boot.jar=ports=8080+8443', '-Xmx64m')
assertThat(ours.labels()).containsEntry('dev.v6.ports', '5353/udp,8080,8443')

def theirs = Image.read(basedir.toPath().resolve('target/jib-image.tar'))
assertThat(theirs.entrypoint()).startsWith('java', '-Xmx64m')
assertThat(theirs.labels()).doesNotContainKey('dev.v6.version')
true
