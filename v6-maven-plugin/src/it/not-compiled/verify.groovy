import static org.assertj.core.api.Assertions.assertThat

assertThat(new File(basedir, 'build.log').text)
        .contains(': The project is not compiled: there is no ')
        .contains('Run mvn package, or name a phase before the goal: mvn compile v6:build.')
        .doesNotContain('\tat ', 'base image')
true
