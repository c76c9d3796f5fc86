// SPDX-License-Identifier: Apache-2.0
package dev.v6.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.v6.Severity;
import dev.v6.check.SelfCheck;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.context.event.ApplicationFailedEvent;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.ConfigurableApplicationContext;

/** Run with Spring Boot 3.5 and 4. What the kernel offers on this machine is not its matter, so it looks at V6-4xx alone. */
@Tag("spring-boot")
@Timeout(120)
class SpringApplicationTest {
    private static final String HEALTH = "/actuator/health/ipv6";

    @TempDir
    Path directory;

    @Test
    void thisIsTheSpringBootThatIsMeant() {
        assertThat(SpringBootVersion.getVersion()).isEqualTo(System.getProperty("v6.spring-boot"));
    }

    @Test
    void bothFamiliesAreServedAndTheHealthSaysSo() throws Exception {
        try (Started application = Started.with(directory)) {
            Started.Answer health = application.get("server", HEALTH);

            assertThat(health.status()).isEqualTo(200);
            assertThat(health.json("status")).isEqualTo("UP");
            assertThat(health.json("details", "ports"))
                    .isEqualTo(Map.of(String.valueOf(application.port("server")), List.of("IPv4", "IPv6")));
            assertThat(health.body()).doesNotContain("V6-4");
            assertThat(application.log())
                    .contains("dev.v6.spring.StartCheck", ": v6: ")
                    .doesNotContain("V6-4");
        }
    }

    @Test
    void serverAddressOnLoopbackIsFoundAndNamed() throws Exception {
        try (Started application = Started.with(directory, "server.address=127.0.0.1")) {
            String remedy = "Remove server.address=127.0.0.1 (\"server.address\" from property source"
                    + " \"commandLineArgs\"), or set server.address=:: instead: either way Spring Boot listens on IPv4 and"
                    + " IPv6.";
            Started.Answer health = application.get("server", HEALTH);

            assertThat(application.log())
                    .contains("WARN", "V6-401  ERROR  listens on loopback only")
                    .contains("seen:   tcp6 [::ffff:127.0.0.1]:" + application.port("server"))
                    .contains("remedy: " + remedy);
            assertThat(health.status()).isEqualTo(200);
            assertThat(health.json("status")).isEqualTo("UP");
            assertThat((List<?>) health.json("details", "findings")).anySatisfy(finding -> assertThat(finding)
                    .asInstanceOf(InstanceOfAssertFactories.map(String.class, Object.class))
                    .containsEntry("code", "V6-401")
                    .containsEntry("severity", "ERROR")
                    .containsEntry("title", "listens on loopback only")
                    .containsEntry("remedy", remedy));
        }
    }

    @Test
    void thePlaceOfServerAddressInAFileIsTold() throws Exception {
        Path file = Files.writeString(directory.resolve("application.properties"), "\nserver.address=127.0.0.1\n");

        try (Started application = Started.with(directory, "spring.config.location=" + file)) {
            assertThat(application.log())
                    .contains("Remove server.address=127.0.0.1 (", "application.properties] - 2:16)");
        }
    }

    @Test
    void onlyWhereThatIsWantedAnErrorMakesTheHealthDown() throws Exception {
        try (Started application = Started.with(directory, "server.address=127.0.0.1", "v6.health.fail=true")) {
            Started.Answer health = application.get("server", HEALTH);

            assertThat(health.status()).isEqualTo(503);
            assertThat(health.json("status")).isEqualTo("DOWN");
        }
    }

    @Test
    void theManagementPortIsCheckedToo() throws Exception {
        try (Started application = Started.with(
                directory,
                "server.address=127.0.0.1",
                "management.server.port=0",
                "management.server.address=127.0.0.1")) {
            int server = application.port("server");
            int management = application.port("management");

            assertThat(management).isNotEqualTo(server);
            assertThat(application.get("management", HEALTH).json("details", "ports"))
                    .isEqualTo(Map.of(String.valueOf(server), List.of(), String.valueOf(management), List.of()));
            assertThat(application.log())
                    .contains("seen:   tcp6 [::ffff:127.0.0.1]:" + server)
                    .contains("seen:   tcp6 [::ffff:127.0.0.1]:" + management)
                    .contains("remedy: Remove server.address=127.0.0.1 ")
                    .contains("remedy: Remove management.server.address=127.0.0.1 ");
        }
    }

    @Test
    void switchedOffNothingIsThere() throws Exception {
        try (Started application = Started.with(directory, "server.address=127.0.0.1", "v6.check=off")) {
            ConfigurableApplicationContext context = application.context();

            assertThat(context.getBeanDefinitionNames())
                    .noneMatch(name -> name.startsWith("v6") || name.startsWith("ipv6") || name.startsWith("dev.v6."));
            assertThat(Started.checks()).isEmpty();
            assertThat(application.get("server", HEALTH).status()).isEqualTo(404);
            assertThat(application.log()).doesNotContain("v6: ");
        }
    }

    @Test
    void aBareOffInYamlIsOff() throws Exception {
        Path file = Files.writeString(directory.resolve("application.yml"), "v6:\n  check: off\n");

        try (Started application = Started.with(directory, "spring.config.location=" + file)) {
            assertThat(application.context().getBeanNamesForType(StartCheck.class))
                    .isEmpty();
        }
    }

    @Test
    void theHealthContributorAloneCanBeSwitchedOff() {
        try (Started application = Started.with(directory, "management.health.ipv6.enabled=false")) {
            assertThat(application.context().containsBean("ipv6HealthIndicator"))
                    .isFalse();
            assertThat(application.context().containsBean("v6StartCheck")).isTrue();
        }
    }

    @Test
    void gaugesCountFindingsAndTellTheFamiliesServed() {
        try (Started application = Started.with(directory)) {
            MeterRegistry registry = application.context().getBean(MeterRegistry.class);
            String port = String.valueOf(application.port("server"));

            for (String family : List.of("IPv4", "IPv6")) {
                assertThat(registry.get("v6.family.served")
                                .tags("port", port, "family", family)
                                .gauge()
                                .value())
                        .as(family)
                        .isEqualTo(1);
            }
            assertThat(registry.get("v6.findings").gauges()).hasSize(Severity.values().length);
        }
    }

    @Test
    void gaugesOfAnApplicationOnLoopback() {
        try (Started application = Started.with(directory, "server.address=127.0.0.1")) {
            MeterRegistry registry = application.context().getBean(MeterRegistry.class);

            assertThat(registry.get("v6.findings")
                            .tag("severity", "error")
                            .gauge()
                            .value())
                    .isPositive();
            assertThat(registry.get("v6.family.served").gauges())
                    .hasSize(2)
                    .allSatisfy(gauge -> assertThat(gauge.value()).isZero());
        }
    }

    @Test
    void whereTheAgentChecksNothingIsLoggedTwice() throws Exception {
        System.setProperty(StartCheck.CHECKED_BY, "agent");
        try (Started application = Started.with(directory, "server.address=127.0.0.1")) {
            assertThat(application.get("server", HEALTH).body()).contains("V6-401");
            assertThat(application.log()).doesNotContain("v6: ");
        } finally {
            System.clearProperty(StartCheck.CHECKED_BY);
        }
    }

    @Test
    void anApplicationWithoutAServerIsNotChecked() throws Exception {
        try (Started application =
                Started.with(directory, "spring.main.web-application-type=none", "logging.level.dev.v6=debug")) {
            assertThat(application.log())
                    .contains("DEBUG", "v6: This application listens on no port of Spring Boot's, so none is checked.")
                    .doesNotContain("WARN", "V6-");
        }
    }

    @Test
    void anApplicationThatIsClosedMeanwhileIsNotSaidToListenTooLittle() throws Exception {
        try (Started application = Started.with(directory, "server.address=127.0.0.1")) {
            assertThat(application.log()).contains("V6-401");
            ConfigurableApplicationContext context = application.context();
            LatestReport latest = new LatestReport(
                    () -> List.of(application.port("server")),
                    ports -> {
                        context.close();
                        return SelfCheck.of(ports).run();
                    },
                    System::nanoTime);
            new StartCheck(context, context.getBean(SpringSettings.class), latest)
                    .onApplicationEvent(new ApplicationStartedEvent(
                            new SpringApplication(), new String[0], context, Duration.ZERO));

            assertThat(application.log()).doesNotContain("V6-404");
        }
    }

    @Test
    void misspeltSettingsAreAnsweredAndTheApplicationRuns() throws Exception {
        try (Started application = Started.with(
                directory, "v6.check=wran", "v6.health.fail=ture", "v6.dns=on", "server.address=127.0.0.1")) {
            assertThat(application.get("server", HEALTH).json("status")).isEqualTo("UP");
            assertThat(application.log())
                    .contains("v6: v6.check is 'wran', which is not known, and so taken as warn. Did you mean warn?")
                    .contains("v6: v6.health.fail is 'ture', which is neither true nor false, and so taken as false.")
                    .contains("v6: v6.dns=on (\"v6.dns\" from property source \"commandLineArgs\") has no effect there:"
                            + " v6 does not read it from Spring. Start the JVM with -Dv6.dns=on, or set V6_DNS=on in its"
                            + " environment.");
        }
    }

    @Test
    void whereBeansAreMadeLateTheCheckIsNot() throws Exception {
        try (Started application = Started.with(directory, "spring.main.lazy-initialization=true")) {
            assertThat(application.log()).contains("dev.v6.spring.StartCheck", ": v6: ");
        }
    }

    @Test
    void failEndsTheStartBeforeTheApplicationIsReady() {
        List<Class<?>> told = new ArrayList<>();

        assertThatExceptionOfType(SelfCheckException.class)
                .isThrownBy(() -> Started.listenedTo(
                        event -> told.add(event.getClass()), directory, "server.address=127.0.0.1", "v6.check=fail"))
                .withMessageContaining("v6.check is fail")
                .withMessageContaining("V6-401 listens on loopback only: tcp6 [::ffff:127.0.0.1]:")
                .withMessageContaining("Remove server.address=127.0.0.1")
                .satisfies(refusal -> assertThat(refusal.getExitCode()).isEqualTo(78));
        assertThat(told).contains(ApplicationFailedEvent.class).doesNotContain(ApplicationReadyEvent.class);
    }
}
