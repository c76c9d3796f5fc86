import static org.assertj.core.api.Assertions.assertThat

assertThat(new File(basedir, 'build.log').text)
        .contains('[INFO] Not baked: DOCKER_HOST is unix:///nonexistent/docker.sock, where there is no socket')
        .contains("[INFO] v6:verify will run the project's classes in a process.")
        .doesNotContain('[WARNING]', 'SLF4J')
assertThat(new File(basedir, 'target/v6/image.properties')).doesNotExist()
true
