import static org.assertj.core.api.Assertions.assertThat

import groovy.json.JsonSlurper

def report = { new JsonSlurper().parse(new File(basedir, "target/$it/report.json")) }
def codes = { report(it).findings.collect { it.code } }

def ready = report('ready')
assertThat(ready.verdict).isEqualTo('READY')
assertThat(ready.engine.kind).isEqualTo('process')
assertThat(ready.cells.findAll { it.required }).isNotEmpty().allMatch { it.outcome == 'ok' && it.path == 'native' }
assertThat(ready.listeners.collectMany { it.families }).containsExactly('IPv4', 'IPv6')

assertThat(report('localhost').verdict).isEqualTo('NOT_READY')
assertThat(codes('localhost')).contains('V6-401')
assertThat(report('ipv4').verdict).isEqualTo('NOT_READY')
assertThat(codes('ipv4')).contains('V6-101', 'V6-402')
assertThat(report('ipv4').cells.findAll { it.family == 'IPv6' && it.required }).isNotEmpty()
        .allMatch { it.finding == 'V6-101' }
assertThat(report('port').verdict).isEqualTo('NOT_READY')
assertThat(codes('port')).contains('V6-404')
assertThat(new File(basedir, 'target/exits/report.json')).doesNotExist()
assertThat(new File(basedir, 'target/skipped/report.json')).doesNotExist()

def log = new File(basedir, 'build.log').text
assertThat(log)
        .contains('The service ended by itself with exit code 3.')
        .contains('the database is not there')
        .contains('-Dv6.startupTimout is no parameter of v6. Write v6.startupTimeout, if that is what you mean.')
        .contains("v6.ports names 'http', which is no port.")
        .contains('v6:verify is skipped (v6.skip).')
        .contains('Remove -Djava.net.preferIPv4Stack=true from the JVM\'s flags')
        .doesNotContain('\tat ')
true
