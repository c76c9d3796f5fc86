import static org.assertj.core.api.Assertions.assertThat

assertThat(new File(basedir, 'build.log').text)
        .contains(': DOCKER_HOST is unix:///nonexistent/docker.sock, where there is no socket: the engine is not running or listens elsewhere. Start the engine')
        .doesNotContain('\tat ', 'SLF4J')
true
