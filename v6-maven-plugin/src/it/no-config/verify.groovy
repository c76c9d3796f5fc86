import static org.assertj.core.api.Assertions.assertThat

import dev.v6.maven.it.Image
import dev.v6.maven.jib.BakedImage

def folder = basedir.toPath().resolve('target/v6')
def image = Image.read(folder.resolve('image.tar'))

assertThat(image.entrypoint()).containsExactly(
        'java', '-agentlib:instrument=/v6/boot.jar', '-cp', '@/app/jib-classpath-file', 'it.Main')
assertThat(image.environment()).doesNotContainKey('JAVA_TOOL_OPTIONS')
assertThat(image.labels()).containsKey('dev.v6.version').doesNotContainKey('dev.v6.ports')
assertThat(image.tags()).containsExactly('no-config:1.0-snapshot')
assertThat(image.layersWith('v6/agent.jar')).isOne()
assertThat(image.layerOf('v6/agent.jar').keySet()).containsExactlyInAnyOrder('v6/agent.jar', 'v6/boot.jar')

def baked = BakedImage.read(folder).orElseThrow()
assertThat(baked.name()).isEqualTo('no-config:1.0-snapshot')
assertThat(baked.tar()).contains(folder.resolve('image.tar'))
assertThat(baked.id()).startsWith('sha256:').isEqualTo(new File(basedir, 'first.id').text.trim())
true
