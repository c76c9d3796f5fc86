import static org.assertj.core.api.Assertions.assertThat

assertThat(new File(basedir, 'build.log').text)
        .contains('The base image tar:///nonexistent/base.tar cannot be had: there is no file /nonexistent/base.tar. Correct <from><image>')
        .doesNotContain('\tat ')
assertThat(new File(basedir, 'target/v6/image.properties')).doesNotExist()
true
