import static org.assertj.core.api.Assertions.assertThat

assertThat(new File(basedir, 'build.log').text)
        .contains("v6.build is 'dokcer', which is none of auto, docker, tar. Write docker, if that is what you mean.")
        .doesNotContain('\tat ')
true
