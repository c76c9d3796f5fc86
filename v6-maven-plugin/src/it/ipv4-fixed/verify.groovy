import static org.assertj.core.api.Assertions.assertThat

import dev.v6.maven.it.Image

def image = Image.read(basedir.toPath().resolve('target/v6/image.tar'))
assertThat(image.entrypoint()).startsWith('java', '-agentlib:instrument=/v6/boot.jar', '-Xmx64m')
assertThat(image.entrypoint()).doesNotContain('-Djava.net.preferIPv4Stack=true')
assertThat(new File(basedir, 'build.log').text)
        .contains('[INFO] V6-101 preferIPv4Stack is true')
        .contains('Taken out of the image, as v6.fix is true.')
true
