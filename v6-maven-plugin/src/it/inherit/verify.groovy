import static org.assertj.core.api.Assertions.assertThat

import dev.v6.maven.it.Image

def image = Image.read(basedir.toPath().resolve('target/v6/image.tar'))
assertThat(image.entrypoint()).isEmpty()
assertThat(image.environment())
        .containsEntry('JAVA_TOOL_OPTIONS', '-Xmx64m -javaagent:/v6/agent.jar=ports=8080')
assertThat(image.layersWith('v6/agent.jar')).isOne()
assertThat(new File(basedir, 'build.log').text)
        .contains("v6: the image's entrypoint is the base image's, so the agent is set through JAVA_TOOL_OPTIONS")
true
