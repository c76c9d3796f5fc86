import static org.assertj.core.api.Assertions.assertThat

import dev.v6.maven.it.Image

def image = Image.read(basedir.toPath().resolve('target/v6/image.tar'))
assertThat(image.entrypoint())
        .startsWith('java', '-agentlib:instrument=/v6/boot.jar', '-Djava.net.preferIPv4Stack=true', '-Xmx64m')
assertThat(new File(basedir, 'build.log').text)
        .contains('[WARNING] V6-101 preferIPv4Stack is true: -Djava.net.preferIPv4Stack=true stands in the entrypoint. Remove')
true
