import static org.assertj.core.api.Assertions.assertThat

import dev.v6.maven.it.Image

def image = Image.read(basedir.toPath().resolve('target/v6/image.tar'))
assertThat(image.labels()).containsEntry('base', 'mine').containsKey('dev.v6.version')
assertThat(image.layersWith('v6/agent.jar')).isOne()
true
