/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ralph.Orchestrator;
import dev.ralph.Run;
import dev.ralph.RunId;
import dev.ralph.RunQuery;
import dev.ralph.RunSnapshot;
import dev.ralph.RunStatus;
import dev.ralph.audit.AuditActions;
import dev.ralph.audit.AuditQuery;
import dev.ralph.spring.boot.jdbc.RalphJdbcAutoConfiguration;
import dev.ralph.store.jdbc.JdbcStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;

class RalphLifecycleTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void aRunInFlightGoesBackToTheQueueWhenTheContextClosesAndTheNextContextFinishesIt() throws Exception {
        Path workspace = Files.createDirectory(folder.resolve("workspace"));
        Path started = folder.resolve("started");
        Path go = folder.resolve("go");
        ApplicationContextRunner contexts = new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(RalphAutoConfiguration.class, RalphJdbcAutoConfiguration.class))
                .withPropertyValues(ScriptedAgents.agent(
                        "writer",
                        "cat >/dev/null; touch " + started + "; while [ ! -e " + go
                                + " ]; do sleep 0.05; done; echo LOOP_COMPLETE"))
                .withPropertyValues(
                        "ralph.store-file=" + folder.resolve("runs"),
                        "ralph.drain-timeout=100ms",
                        "ralph.agents.writer.grace=100ms");
        AtomicReference<RunId> id = new AtomicReference<>();

        contexts.run(context -> {
            Run run = context.getBean(Orchestrator.class).submit(ScriptedAgents.run(workspace));
            id.set(run.id());
            await().until(() -> Files.exists(started));
        });

        try (JdbcStore store =
                JdbcStore.builder().h2File(folder.resolve("runs")).build()) {
            RunSnapshot left = store.find(id.get()).orElseThrow().snapshot();
            assertThat(left.status()).isEqualTo(RunStatus.QUEUED);
        }

        Files.createFile(go);
        contexts.run(context -> {
            Run run = context.getBean(Orchestrator.class).find(id.get()).orElseThrow();
            assertThat(run.await().completed()).isTrue();
            assertThat(run.await().iterations()).isOne();
        });
    }

    @Test
    void aPauseThatWaitsWhenTheContextClosesIsCarriedOutByTheNextAndNobodyIsSaidToHaveResumed() throws Exception {
        Path workspace = Files.createDirectory(folder.resolve("workspace"));
        Path started = folder.resolve("started");
        ApplicationContextRunner contexts = new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(RalphAutoConfiguration.class, RalphJdbcAutoConfiguration.class))
                .withPropertyValues(ScriptedAgents.agent(
                        "writer", "cat >/dev/null; touch " + started + "; while true; do sleep 0.05; done"))
                .withPropertyValues(
                        "ralph.store-file=" + folder.resolve("runs"),
                        "ralph.drain-timeout=100ms",
                        "ralph.agents.writer.grace=100ms");
        AtomicReference<RunId> id = new AtomicReference<>();
        contexts.run(context -> {
            Run run = context.getBean(Orchestrator.class).submit(ScriptedAgents.run(workspace));
            id.set(run.id());
            await().until(() -> Files.exists(started));
            run.pause();
        });
        Files.delete(started);

        contexts.run(context -> {
            Orchestrator ralph = context.getBean(Orchestrator.class);
            Run run = ralph.find(id.get()).orElseThrow();
            await().until(() -> run.snapshot().status() == RunStatus.PAUSED);
            assertThat(started).doesNotExist();
            assertThat(ralph.audit()
                            .orElseThrow()
                            .list(AuditQuery.NEWEST.withRun(id.get()))
                            .items())
                    .extracting(record -> record.entry().action())
                    .contains(AuditActions.PAUSE)
                    .doesNotContain(AuditActions.RESUME);
        });
    }

    @Test
    void aRunIsLeftWhereItIsIfThatIsAskedFor() throws Exception {
        Path workspace = Files.createDirectory(folder.resolve("workspace"));
        Path started = folder.resolve("started");
        ApplicationContextRunner contexts = new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(RalphAutoConfiguration.class, RalphJdbcAutoConfiguration.class))
                .withPropertyValues(ScriptedAgents.agent(
                        "writer", "cat >/dev/null; touch " + started + "; while true; do sleep 0.05; done"))
                .withPropertyValues(
                        "ralph.store-file=" + folder.resolve("runs"),
                        "ralph.drain-timeout=100ms",
                        "ralph.agents.writer.grace=100ms",
                        "ralph.resume-on-start=false");
        AtomicReference<RunId> id = new AtomicReference<>();
        contexts.run(context -> {
            id.set(context.getBean(Orchestrator.class)
                    .submit(ScriptedAgents.run(workspace))
                    .id());
            await().until(() -> Files.exists(started));
        });
        Files.delete(started);

        contexts.run(context -> {
            assertThat(context.getBean(Orchestrator.class)
                            .find(id.get())
                            .orElseThrow()
                            .snapshot()
                            .status())
                    .isEqualTo(RunStatus.QUEUED);
            assertThat(context.getBean(Orchestrator.class)
                            .health()
                            .ready()
                            .check("dispatcher")
                            .details())
                    .containsEntry("active", 0);
        });
    }

    @Test
    void aStartThatFailsHandsBackWhatABeanHadBegunBeforeTheStoreIsClosed() throws Exception {
        Path workspace = Files.createDirectory(folder.resolve("workspace"));
        Path started = folder.resolve("started");
        new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(RalphAutoConfiguration.class, RalphJdbcAutoConfiguration.class))
                .withPropertyValues(ScriptedAgents.agent(
                        "writer", "cat >/dev/null; touch " + started + "; while true; do sleep 0.05; done"))
                .withPropertyValues(
                        "ralph.store-file=" + folder.resolve("runs"),
                        "ralph.drain-timeout=100ms",
                        "ralph.agents.writer.grace=100ms")
                .withInitializer(context ->
                        context.addBeanFactoryPostProcessor(beans -> beans.registerSingleton("place", workspace)))
                .withBean("early", EarlyUser.class)
                .withBean("late", Object.class, () -> {
                    throw new IllegalStateException("a late bean's fault");
                })
                .run(context -> assertThat(context).getFailure().hasStackTraceContaining("a late bean's fault"));

        try (JdbcStore store =
                JdbcStore.builder().h2File(folder.resolve("runs")).build()) {
            assertThat(store.list(RunQuery.NEWEST).items())
                    .singleElement()
                    .extracting(RunSnapshot::status)
                    .isEqualTo(RunStatus.QUEUED);
        }
    }

    @Test
    void itEndsAfterWebServersAndBeforePlainLifecycleBeans() {
        assertThat(RalphLifecycle.PHASE)
                .isLessThan(WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE)
                .isLessThan(WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE)
                .isLessThan(SmartLifecycle.DEFAULT_PHASE)
                .isPositive();
    }

    @Test
    void iterationsMayTakeWhatIsConfiguredIfThePhaseLeavesIt() {
        assertThat(RalphLifecycle.drain(Duration.ofSeconds(5), Duration.ofSeconds(30)))
                .isEqualTo(Duration.ofSeconds(5));
        assertThat(RalphLifecycle.drain(Duration.ofSeconds(30), Duration.ofSeconds(60)))
                .isEqualTo(Duration.ofSeconds(30));
        assertThat(RalphLifecycle.drain(Duration.ofSeconds(60), Duration.ofSeconds(60)))
                .isEqualTo(Duration.ofSeconds(38));
    }

    @Test
    void iterationsMayTakeHalfOfAPhaseThatIsTooShortForAllThatFollows() {
        assertThat(RalphLifecycle.drain(Duration.ofSeconds(30), Duration.ofSeconds(30)))
                .isEqualTo(Duration.ofSeconds(15));
        assertThat(RalphLifecycle.drain(Duration.ofSeconds(30), Duration.ofSeconds(8)))
                .isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void anOrchestratorThatEndedDoesNotStartAgain() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(RalphAutoConfiguration.class))
                .run(context -> {
                    RalphLifecycle lifecycle = context.getBean(RalphLifecycle.class);
                    lifecycle.stop();

                    org.assertj.core.api.Assertions.assertThatThrownBy(lifecycle::start)
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("make a new context");
                });
    }

    /** A bean that uses the orchestrator while it is made. */
    static class EarlyUser {

        EarlyUser(Orchestrator orchestrator, Path place) {
            orchestrator.submit(ScriptedAgents.run(place));
            await().until(() -> Files.exists(place.resolveSibling("started")));
        }
    }
}
