/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ralph.Limits;
import dev.ralph.Orchestrator;
import dev.ralph.OrchestratorClosedException;
import dev.ralph.RunResult;
import dev.ralph.RunSpec;
import dev.ralph.StopReason;
import dev.ralph.agent.CommandAgent;
import dev.ralph.event.RunListener;
import dev.ralph.event.StateEvent;
import dev.ralph.health.CheckResult;
import dev.ralph.health.HealthImpact;
import dev.ralph.health.HealthProbe;
import dev.ralph.spi.AgentAdapterProvider;
import dev.ralph.spi.ProviderContext;
import dev.ralph.spi.Secret;
import dev.ralph.spi.SecretSource;
import dev.ralph.spi.Store;
import dev.ralph.spring.boot.jdbc.RalphJdbcAutoConfiguration;
import dev.ralph.spring.boot.redis.RalphRedisAutoConfiguration;
import dev.ralph.store.InMemoryStore;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;

class RalphAutoConfigurationTest {

    private final ApplicationContextRunner contexts = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(RalphAutoConfiguration.class))
            .withPropertyValues(ScriptedAgents.DONE);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void aPromptRunsToItsEndWithAnAgentOfPropertiesAlone() {
        contexts.withPropertyValues("ralph.max-iterations=3").run(context -> {
            RunResult result = context.getBean(Orchestrator.class).run(ScriptedAgents.run(folder));

            assertThat(result.completed()).isTrue();
            assertThat(result.reason()).isEqualTo(StopReason.COMPLETED);
        });
    }

    @Test
    void nothingIsThereIfItIsSwitchedOff() {
        contexts.withPropertyValues("ralph.enabled=false")
                .run(context ->
                        assertThat(context).doesNotHaveBean(Orchestrator.class).doesNotHaveBean(RalphLifecycle.class));
    }

    @Test
    void anOrchestratorOfTheApplicationReplacesOursAndIsClosedWithTheContext() {
        AtomicReference<Orchestrator> theirs = new AtomicReference<>();
        contexts.withBean(
                        "theirs",
                        Orchestrator.class,
                        () -> Orchestrator.builder()
                                .node("theirs")
                                .agent(new PlugIns().other())
                                .build())
                .run(context -> {
                    assertThat(context).hasSingleBean(Orchestrator.class);
                    theirs.set(context.getBean(Orchestrator.class));
                    assertThat(theirs.get()
                                    .run(RunSpec.prompt("Say that it is done")
                                            .workspace(folder)
                                            .agent("other")
                                            .build())
                                    .completed())
                            .isTrue();
                });

        assertThatThrownBy(() -> theirs.get().submit(ScriptedAgents.run(folder)))
                .isInstanceOf(OrchestratorClosedException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spring.datasource.password",
                "spring.datasource.hikari.password",
                "spring.data.redis.password",
                "spring.data.redis.sentinel.password",
                "ralph.encryption-key",
                "ralph.audit-key",
                "ralph.redis-sentinel-password",
                "REDIS_SENTINEL_PASSWORD"
            })
    void passwordsAndKeysInPropertiesAreMaskedWhateverTheyReferTo(String property) {
        contexts.withPropertyValues(property + "=correct${horse}battery")
                .run(context -> assertThat(
                                context.getBean(Orchestrator.class).redaction().mask("it is correct${horse}battery"))
                        .isEqualTo("it is [redacted]"));
    }

    @Test
    void aSecretHandedOutToAStoreIsMasked() {
        contexts.withPropertyValues("SOME_KEY=battery-staple")
                .withBean(StoreWithSecret.class)
                .run(context -> assertThat(
                                context.getBean(Orchestrator.class).redaction().mask("it is battery-staple"))
                        .isEqualTo("it is [redacted]"));
    }

    @Configuration
    static class StoreWithSecret {

        @Bean
        Store store(ProviderContext context) {
            assertThat(context.secrets().find("SOME_KEY")).isPresent();
            return new InMemoryStore(InstantSource.system());
        }
    }

    @Test
    void lifecycleAndEventsAreReplacedByBeansOfTheirNames() {
        RunListener listener = event -> {};
        contexts.withBean("ralphLifecycle", String.class, () -> "none")
                .withBean("ralphEventPublisher", RunListener.class, () -> listener)
                .run(context -> {
                    assertThat(context)
                            .hasNotFailed()
                            .doesNotHaveBean(RalphLifecycle.class)
                            .doesNotHaveBean(RunEventPublisher.class);
                    assertThat(context.getBean(Orchestrator.class)
                                    .run(ScriptedAgents.run(folder))
                                    .completed())
                            .isTrue();
                });
    }

    @Test
    void databasesAndRedisThatSpringDoesNotKnowAreNotMissed() {
        contexts.withConfiguration(
                        AutoConfigurations.of(RalphJdbcAutoConfiguration.class, RalphRedisAutoConfiguration.class))
                .withPropertyValues("ralph.cache=memory")
                .withClassLoader(
                        new FilteredClassLoader("org.springframework.boot.jdbc", "org.springframework.boot.data.redis"))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(Orchestrator.class)
                        .doesNotHaveBean("ralphDatabase")
                        .doesNotHaveBean("ralphCaches"));
    }

    @Test
    void limitsOfPropertiesAreTheDefaultsOfRuns() {
        contexts.withPropertyValues(
                        "ralph.max-iterations=7",
                        "ralph.max-runtime=90",
                        "ralph.maxTokens=1000",
                        "ralph.max_cost=2.50",
                        "ralph.attempt-timeout=5m",
                        "ralph.idle-timeout=20s")
                .run(context -> assertThat(context.getBean(Orchestrator.class).defaultLimits())
                        .isEqualTo(Limits.builder()
                                .maxIterations(7)
                                .maxRuntime(Duration.ofSeconds(90))
                                .maxTokens(1_000L)
                                .maxCost(new BigDecimal("2.50"))
                                .attemptTimeout(Duration.ofMinutes(5))
                                .idleTimeout(Duration.ofSeconds(20))
                                .build()));
    }

    @Test
    void timesWithAUnitAreTheSameAsSeconds() {
        contexts.withPropertyValues("ralph.max-runtime=2h")
                .run(context -> assertThat(context.getBean(Orchestrator.class)
                                .defaultLimits()
                                .maxRuntime())
                        .isEqualTo(Duration.ofHours(2)));
    }

    @Test
    void aCommandAgentGetsTheVariablesAndSecretsItIsNamed() throws Exception {
        Path seen = folder.resolve("seen");
        contexts.withPropertyValues(ScriptedAgents.agent(
                        "writer", "cat >/dev/null; echo $MODE $API_KEY > " + seen + "; echo LOOP_COMPLETE"))
                .withPropertyValues(
                        "ralph.agents.writer.variables.MODE=fast",
                        "ralph.agents.writer.secrets.API_KEY=writer-key",
                        "writer-key=k3y-of-the-writer")
                .run(context -> context.getBean(Orchestrator.class).run(ScriptedAgents.run(folder)));

        assertThat(Files.readString(seen)).isEqualTo("fast k3y-of-the-writer\n");
    }

    @Test
    void secretsOfTheApplicationsSourcesGoBeforeItsProperties() throws Exception {
        Path seen = folder.resolve("seen");
        contexts.withPropertyValues(ScriptedAgents.agent(
                        "writer", "cat >/dev/null; echo $API_KEY > " + seen + "; echo LOOP_COMPLETE"))
                .withPropertyValues("ralph.agents.writer.secrets.API_KEY=writer-key", "writer-key=of-the-properties")
                .withBean(
                        "vault",
                        SecretSource.class,
                        () -> name -> name.equals("writer-key")
                                ? Optional.of(new Secret(name, "of-the-vault"))
                                : Optional.empty())
                .run(context -> context.getBean(Orchestrator.class).run(ScriptedAgents.run(folder)));

        assertThat(Files.readString(seen)).isEqualTo("of-the-vault\n");
    }

    @Test
    void beansOfTheApplicationTakePart() {
        contexts.withUserConfiguration(PlugIns.class).run(context -> {
            Orchestrator ralph = context.getBean(Orchestrator.class);

            RunResult result = ralph.run(RunSpec.prompt("Say that it is done")
                    .workspace(folder)
                    .agent("other")
                    .build());

            assertThat(result.completed()).isTrue();
            assertThat(context.getBean(Store.class).find(result.id())).isPresent();
            assertThat(ralph.health().full().checks()).containsKey("lights");
            assertThat(context.getBean(PlugIns.class).heard).isNotEmpty();
        });
    }

    @Test
    void aCustomizerHasTheLastWord() {
        contexts.withPropertyValues("ralph.node=of-the-properties")
                .withBean(
                        RalphBuilderCustomizer.class,
                        () -> builder -> builder.defaultLimits(
                                Limits.builder().maxIterations(2).build()))
                .run(context -> assertThat(context.getBean(Orchestrator.class)
                                .defaultLimits()
                                .maxIterations())
                        .isEqualTo(2));
    }

    @Test
    void severalStoresWithoutAPrimaryOneAreAnError() {
        contexts.withBean("one", Store.class, () -> new InMemoryStore(InstantSource.system(), 10))
                .withBean("two", Store.class, () -> new InMemoryStore(InstantSource.system(), 10))
                .run(context -> assertThat(context).getFailure().rootCause().hasMessageContaining("one,two"));
    }

    @Test
    void runsAreWorkedOnTheExecutorThatIsNamed() {
        List<String> threads = new CopyOnWriteArrayList<>();
        contexts.withBean(
                        "mine",
                        ExecutorService.class,
                        () -> Executors.newCachedThreadPool(task -> {
                            Thread thread = new Thread(task, "mine-for-ralph");
                            threads.add(thread.getName());
                            return thread;
                        }))
                .withPropertyValues("ralph.executor-bean=mine")
                .run(context -> context.getBean(Orchestrator.class).run(ScriptedAgents.run(folder)));

        assertThat(threads).contains("mine-for-ralph");
    }

    @Test
    void aTaskExecutorThatNobodyNamedIsLeftAlone() {
        List<Runnable> tasks = new CopyOnWriteArrayList<>();
        contexts.withBean("applicationTaskExecutor", org.springframework.core.task.TaskExecutor.class, () -> tasks::add)
                .run(context -> context.getBean(Orchestrator.class).run(ScriptedAgents.run(folder)));

        assertThat(tasks).isEmpty();
    }

    @Test
    void anExecutorForRunsThatIsNoDefaultCandidateLeavesTheApplicationItsTaskExecutor() {
        contexts.withConfiguration(AutoConfigurations.of(TaskExecutionAutoConfiguration.class))
                .withUserConfiguration(Executing.class)
                .run(context -> {
                    assertThat(context).hasBean("applicationTaskExecutor").hasBean("ralphExecutor");

                    context.getBean(Orchestrator.class).run(ScriptedAgents.run(folder));

                    assertThat(context.getBean(Executing.class).threads).contains("for-runs");
                    assertThat(context.getBean(Asynchronous.class).thread().get())
                            .startsWith("task-");
                });
    }

    @Test
    void aPlainExecutorForRunsLeavesTheApplicationItsTaskExecutorIfThatIsForced() {
        contexts.withConfiguration(AutoConfigurations.of(TaskExecutionAutoConfiguration.class))
                .withBean("ralphExecutor", ExecutorService.class, Executors::newCachedThreadPool)
                .run(context -> assertThat(context).doesNotHaveBean("applicationTaskExecutor"));
        contexts.withConfiguration(AutoConfigurations.of(TaskExecutionAutoConfiguration.class))
                .withBean("ralphExecutor", ExecutorService.class, Executors::newCachedThreadPool)
                .withPropertyValues("spring.task.execution.mode=force")
                .run(context -> assertThat(context).hasBean("applicationTaskExecutor"));
    }

    @Test
    void itWorksOnceTheContextHasStarted() {
        contexts.run(context ->
                assertThat(context.getBean(RalphLifecycle.class).isRunning()).isTrue());
    }

    /** As docs/spring.md has it. */
    @Configuration(proxyBeanMethods = false)
    @EnableAsync(proxyTargetClass = true)
    static class Executing {

        private final List<String> threads = new CopyOnWriteArrayList<>();

        @Bean(defaultCandidate = false)
        ExecutorService ralphExecutor() {
            return Executors.newCachedThreadPool(task -> {
                threads.add("for-runs");
                return new Thread(task, "for-runs");
            });
        }

        @Bean
        Asynchronous asynchronous() {
            return new Asynchronous();
        }
    }

    static class Asynchronous {

        /** The name of the thread the application's short tasks are on. */
        @Async
        public CompletableFuture<String> thread() {
            return CompletableFuture.completedFuture(Thread.currentThread().getName());
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class PlugIns {

        private final List<StateEvent> heard = new CopyOnWriteArrayList<>();

        @Bean
        Store store() {
            return new InMemoryStore(InstantSource.system(), 10);
        }

        @Bean
        AgentAdapterProvider other() {
            return CommandAgent.builder("other")
                    .command("sh", "-c", "cat >/dev/null; echo LOOP_COMPLETE")
                    .build();
        }

        /** Which has the orchestrator itself, as listeners that submit more do. */
        @Bean
        RunListener listener(Orchestrator orchestrator) {
            return event -> {
                if (event instanceof StateEvent state
                        && orchestrator.find(event.run()).isPresent()) {
                    heard.add(state);
                }
            };
        }

        @Bean
        HealthProbe lights() {
            return new HealthProbe() {
                @Override
                public String name() {
                    return "lights";
                }

                @Override
                public HealthImpact impact() {
                    return HealthImpact.NONE;
                }

                @Override
                public CheckResult check() {
                    return CheckResult.up();
                }
            };
        }
    }
}
