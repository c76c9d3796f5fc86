import static org.assertj.core.api.Assertions.assertThat

assertThat(new File(basedir, 'build.log').text)
        .contains('[INFO] Not baked: a project with packaging pom has no service.')
        .contains('[INFO] Not baked: v6.skip is true.')
        .doesNotContain('Running extension')
true
