import static org.assertj.core.api.Assertions.assertThat

def log = new File(basedir, 'build.log').text
assertThat(log)
        .contains('Engine: docker ')
        .contains('Verdict: READY')
        .contains("The Docker Engine has no image named 'v6-it/nowhere:1'.")
        .contains('The service ended by itself with exit code 3.')
        .contains('the database is not there')
        .contains("The Docker Engine has no network named 'v6-it-nowhere'.")
        .doesNotContain('\tat ')

def left = ['docker', 'ps', '-aq', '--filter', 'label=dev.v6.run'].execute()
assertThat(left.text).isEmpty()
true
