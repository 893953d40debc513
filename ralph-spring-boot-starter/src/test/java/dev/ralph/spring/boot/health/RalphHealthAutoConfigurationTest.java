/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spring.boot.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.Orchestrator;
import dev.ralph.health.CheckResult;
import dev.ralph.health.HealthImpact;
import dev.ralph.health.HealthProbe;
import dev.ralph.spring.boot.RalphAutoConfiguration;
import dev.ralph.spring.boot.RalphLifecycle;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.availability.ApplicationAvailabilityBean;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.AvailabilityProbesAutoConfiguration;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.HealthEndpointAutoConfiguration;
import org.springframework.boot.health.autoconfigure.application.AvailabilityHealthContributorAutoConfiguration;
import org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration;
import org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class RalphHealthAutoConfigurationTest {

    private final ApplicationContextRunner contexts = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    RalphAutoConfiguration.class,
                    RalphHealthAutoConfiguration.class,
                    EndpointAutoConfiguration.class,
                    HealthContributorRegistryAutoConfiguration.class,
                    HealthContributorAutoConfiguration.class,
                    AvailabilityHealthContributorAutoConfiguration.class,
                    AvailabilityProbesAutoConfiguration.class,
                    HealthEndpointAutoConfiguration.class))
            .withBean(ApplicationAvailabilityBean.class)
            .withPropertyValues(
                    "management.endpoints.jmx.exposure.include=health",
                    "spring.jmx.enabled=true",
                    "ralph.agents.writer.command=true",
                    "ralph.agent=writer");

    @Test
    void theGroupsOfAPlatformAskTheQuestionsOfAPlatform() {
        contexts.withBean(
                        HealthProbe.class, () -> probe(HealthImpact.READINESS, CheckResult.down("gone; bring it back")))
                .run(context -> {
                    HealthEndpoint health = context.getBean(HealthEndpoint.class);

                    assertThat(status(health, "readiness", "ralphReadiness")).isEqualTo(Status.OUT_OF_SERVICE);
                    assertThat(status(health, "liveness", "ralphLiveness")).isEqualTo(Status.UP);
                    assertThat(status(health, "ralph")).isEqualTo(Status.DOWN);
                    assertThat(health.healthForPath("ralphReadiness")).isNull();
                    assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
                });
    }

    @Test
    void whatIsDegradedCountsAsUpInGroups() {
        contexts.withBean(HealthProbe.class, () -> probe(HealthImpact.NONE, CheckResult.degraded("slow; wait")))
                .run(context -> {
                    AvailabilityChangeEvent.publish(context, LivenessState.CORRECT);
                    AvailabilityChangeEvent.publish(context, ReadinessState.ACCEPTING_TRAFFIC);
                    HealthEndpoint health = context.getBean(HealthEndpoint.class);

                    assertThat(status(health, "ralph").getCode()).isEqualTo(HealthNames.DEGRADED);
                    assertThat(health.health().getStatus()).isEqualTo(Status.UP);
                });
    }

    @Test
    void anOrchestratorThatEndedIsNotReadyAndAlive() {
        contexts.run(context -> {
            context.getBean(RalphLifecycle.class).stop();
            HealthEndpoint health = context.getBean(HealthEndpoint.class);

            assertThat(status(health, "readiness", "ralphReadiness")).isEqualTo(Status.OUT_OF_SERVICE);
            assertThat(status(health, "liveness", "ralphLiveness")).isEqualTo(Status.UP);
        });
    }

    @Test
    void aGroupTheApplicationDefinesHasWhatItNames() {
        contexts.withPropertyValues("management.endpoint.health.group.readiness.include=readinessState")
                .run(context -> assertThat(
                                context.getBean(HealthEndpoint.class).healthForPath("readiness", "ralphReadiness"))
                        .isNull());
    }

    @Test
    void aGroupOfWhichOnlyTheDetailsAreSaidAsksItsOwnQuestion() {
        contexts.withPropertyValues("management.endpoint.health.group.liveness.show-details=always")
                .withBean(
                        HealthProbe.class, () -> probe(HealthImpact.READINESS, CheckResult.down("gone; bring it back")))
                .run(context -> {
                    HealthEndpoint health = context.getBean(HealthEndpoint.class);

                    assertThat(status(health, "liveness", "ralphLiveness")).isEqualTo(Status.UP);
                    assertThat(health.healthForPath("liveness", "ralphReadiness"))
                            .isNull();
                    assertThat(health.healthForPath("liveness", "ralph")).isNull();
                });
    }

    @Test
    void whatIsDegradedCountsAsTheApplicationRanksIt() {
        contexts.withPropertyValues("management.endpoint.health.status.order=degraded,down,up")
                .withBean(HealthProbe.class, () -> probe(HealthImpact.NONE, CheckResult.degraded("slow; wait")))
                .run(context -> assertThat(context.getBean(HealthEndpoint.class)
                                .health()
                                .getStatus()
                                .getCode())
                        .isEqualTo(HealthNames.DEGRADED));
    }

    @Test
    void itIsLeftOutIfThatIsSaid() {
        contexts.withPropertyValues("management.health.ralph.enabled=false")
                .run(context ->
                        assertThat(context).hasSingleBean(Orchestrator.class).doesNotHaveBean("ralphHealthIndicator"));
    }

    @Test
    @Timeout(60)
    void aProbeThatHangsIsWaitedForNoLongerThanItsTimeout() {
        CountDownLatch never = new CountDownLatch(1);
        contexts.withBean(HealthProbe.class, () -> new HealthProbe() {
                    @Override
                    public String name() {
                        return "hangs";
                    }

                    @Override
                    public HealthImpact impact() {
                        return HealthImpact.READINESS;
                    }

                    @Override
                    public Duration timeout() {
                        return Duration.ofMillis(200);
                    }

                    @Override
                    public CheckResult check() throws InterruptedException {
                        never.await();
                        return CheckResult.up();
                    }
                })
                .run(context -> {
                    HealthEndpoint health = context.getBean(HealthEndpoint.class);
                    long begin = System.nanoTime();
                    Status ready = status(health, "readiness", "ralphReadiness");
                    Duration waited = Duration.ofNanos(System.nanoTime() - begin);
                    never.countDown();

                    assertThat(ready).isEqualTo(Status.OUT_OF_SERVICE);
                    // The slowest probe is that of agents, which starts their programs.
                    assertThat(waited).isLessThan(Duration.ofSeconds(12));
                });
    }

    private static Status status(HealthEndpoint health, String... path) {
        return Objects.requireNonNull(health.healthForPath(path)).getStatus();
    }

    private static HealthProbe probe(HealthImpact impact, CheckResult result) {
        return new HealthProbe() {
            @Override
            public String name() {
                return "made-up";
            }

            @Override
            public HealthImpact impact() {
                return impact;
            }

            @Override
            public CheckResult check() {
                return result;
            }
        };
    }
}
