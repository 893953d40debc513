/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.loop;

import static dev.ralph.loop.Playground.result;
import static dev.ralph.loop.Playground.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ralph.Actor;
import dev.ralph.BudgetLimit;
import dev.ralph.CheckpointPolicy;
import dev.ralph.Limits;
import dev.ralph.Orchestrator;
import dev.ralph.Run;
import dev.ralph.RunSpec;
import dev.ralph.RunStateException;
import dev.ralph.StopReason;
import dev.ralph.WorkspaceException;
import dev.ralph.audit.AuditActions;
import dev.ralph.audit.AuditEntry;
import dev.ralph.audit.AuditLog;
import dev.ralph.audit.AuditQuery;
import dev.ralph.audit.AuditRecord;
import dev.ralph.audit.AuditVerification;
import dev.ralph.event.StateEvent;
import dev.ralph.store.InMemoryStore;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who did what is told of everybody: people by their names, nodes by theirs. */
class AuditTest {

    private static final Actor ANN = Actor.of("ann").from("192.0.2.7").with("session", "s-1");
    private static final Actor BOB = Actor.of("bob");
    private static final String CANARY = "canary-4711";

    @RegisterExtension
    final Playground play = new Playground();

    private InMemoryStore store = new InMemoryStore(InstantSource.system());

    @BeforeEach
    void makeStore() {
        store = play.closing(new InMemoryStore(InstantSource.system()));
    }

    @Test
    void whatTwoPeopleDoByWayOfTwoNodesIsToldApart() {
        Orchestrator first = node("first", "sleep 1000");
        Orchestrator second = node("second", "sleep 1000");
        Run submitted = first.as(ANN).submit(waiting("w"));
        Run byBob = second.as(BOB).find(submitted.id()).orElseThrow();

        byBob.pause();
        byBob.guide("look at " + CANARY);
        submitted.resume();
        byBob.cancel();
        second.as(BOB).defineBudget(new BudgetLimit("team", 1_000L, new BigDecimal("2.50")));

        assertThat(told(log(), AuditQuery.NEWEST.withPrincipal("ann")))
                .extracting(AuditEntry::action)
                .containsExactly(AuditActions.SUBMIT, AuditActions.RESUME);
        assertThat(told(log(), AuditQuery.NEWEST.withPrincipal("bob")))
                .extracting(AuditEntry::action)
                .containsExactly(
                        AuditActions.PAUSE, AuditActions.GUIDE, AuditActions.CANCEL, AuditActions.DEFINE_BUDGET);
        AuditEntry guided =
                told(log(), AuditQuery.NEWEST.withAction(AuditActions.GUIDE)).get(0);
        assertThat(guided.details()).containsEntry("characters", Integer.toString(("look at " + CANARY).length()));
        assertThat(guided.node()).isEqualTo("second");
        assertThat(guided.run()).isEqualTo(submitted.id());
        AuditEntry submission =
                told(log(), AuditQuery.NEWEST.withAction(AuditActions.SUBMIT)).get(0);
        assertThat(submission.address()).isEqualTo("192.0.2.7");
        assertThat(submission.tenant()).isEqualTo("blue");
        assertThat(submission.details()).containsEntry("session", "s-1").containsEntry("agents", "scripted");
    }

    @Test
    void withoutSomebodyItIsTheNode() {
        node("first", "echo LOOP_COMPLETE").submit(waiting("w"));

        assertThat(told(log(), AuditQuery.NEWEST.withAction(AuditActions.SUBMIT)))
                .extracting(AuditEntry::principal)
                .containsExactly("node:first");
    }

    @Test
    void aTaskThatIsSubmittedAgainIsToldOfOnce() {
        Orchestrator ralph = node("first", "echo LOOP_COMPLETE");
        RunSpec spec = task(play.directory("w")).taskId("task-1").build();

        ralph.as(ANN).submit(spec);
        ralph.as(BOB).submit(spec);

        assertThat(told(log(), AuditQuery.NEWEST.withAction(AuditActions.SUBMIT)))
                .extracting(AuditEntry::principal)
                .containsExactly("ann");
    }

    @Test
    void nodesTellWhenTheyTakeRunsUpLaunchAgentsAndEndRuns() throws Exception {
        Orchestrator ralph = node("first", "echo " + CANARY + "; echo LOOP_COMPLETE");
        Run run = ralph.submit(RunSpec.prompt("Do " + CANARY)
                .workspace(play.directory("w"))
                .agent("scripted")
                .checkpoints(CheckpointPolicy.OFF)
                .build());

        assertThat(result(run).reason()).isEqualTo(StopReason.COMPLETED);

        List<AuditEntry> all = told(log(), AuditQuery.NEWEST.withRun(run.id()));
        assertThat(all)
                .extracting(AuditEntry::action)
                .containsExactly(
                        AuditActions.SUBMIT, AuditActions.TAKEN_UP, AuditActions.AGENT_LAUNCHED, AuditActions.ENDED);
        assertThat(all.get(2).details()).containsEntry("agent", "scripted").containsEntry("iteration", "1");
        assertThat(all.get(3).outcome()).isEqualTo("COMPLETED");
        StringWriter lines = new StringWriter();
        log().export(AuditQuery.NEWEST, lines);
        assertThat(lines.toString()).contains("run.ended").doesNotContain(CANARY);
    }

    @Test
    void aRunThatIsHandedBackIsToldOf() {
        Orchestrator ralph = node("first", "touch \"$PLAY/started\"; sleep 1000");
        Run run = ralph.submit(task(play.directory("w")).build());
        Playground.event(run, StateEvent.AttemptStarted.class);

        ralph.close(Duration.ZERO);

        assertThat(told(log(), AuditQuery.NEWEST.withRun(run.id())))
                .extracting(AuditEntry::action)
                .endsWith(AuditActions.HANDED_BACK);
    }

    @Test
    void aRollbackIsToldOfBeforeAndAfter() throws Exception {
        Orchestrator ralph = node("first", "echo x >>made; echo LOOP_COMPLETE");
        Path repository = play.repository("repository");
        Run run = ralph.as(ANN)
                .submit(task(repository)
                        .checkpoints(CheckpointPolicy.EVERY_ITERATION)
                        .build());
        result(run);

        run.rollback(0);
        assertThatExceptionOfType(WorkspaceException.class).isThrownBy(() -> run.rollback(99));
        int refs = run.deleteCheckpoints();

        List<AuditEntry> told = told(log(), AuditQuery.NEWEST.withPrincipal("ann"));
        assertThat(told)
                .extracting(entry -> entry.action() + " " + entry.outcome())
                .containsExactly(
                        "run.submit ACCEPTED",
                        "run.rollback REQUESTED",
                        "run.rollback DONE",
                        "run.rollback REQUESTED",
                        "run.rollback FAILED",
                        "run.delete_checkpoints REQUESTED",
                        "run.delete_checkpoints DONE");
        assertThat(told.get(2).details()).containsEntry("checkpoint", "0").containsEntry("changed", "1");
        assertThat(told.get(6).details()).containsEntry("count", Integer.toString(refs));
    }

    @Test
    void aCommandThatIsRefusedIsNotToldOf() throws Exception {
        Orchestrator ralph = node("first", "echo LOOP_COMPLETE");
        Run run = ralph.as(ANN).submit(task(play.directory("w")).build());
        result(run);

        assertThatExceptionOfType(RunStateException.class).isThrownBy(run::pause);
        run.cancel();

        assertThat(told(log(), AuditQuery.NEWEST.withPrincipal("ann")))
                .extracting(AuditEntry::action)
                .containsExactly(AuditActions.SUBMIT);
    }

    @Test
    void closingAViewClosesNothing() throws Exception {
        Orchestrator ralph = node("first", "echo LOOP_COMPLETE");

        try (Orchestrator view = ralph.as(ANN)) {
            assertThat(view.close(Duration.ZERO)).isTrue();
        }

        assertThat(result(ralph.submit(task(play.directory("w")).build())).reason())
                .isEqualTo(StopReason.COMPLETED);
    }

    @Test
    void theTrailInMemoryKeepsTheNewestEntriesAndSaysThatItIsUnsigned() {
        AuditLog log = log();
        for (int i = 0; i <= 10_000; i++) {
            log.record(new AuditEntry(
                    UUID.randomUUID(),
                    InstantSource.system().instant(),
                    "ann",
                    null,
                    "act-" + i,
                    "test",
                    null,
                    null,
                    AuditEntry.DONE,
                    "node",
                    Map.of()));
        }

        assertThat(log.list(AuditQuery.NEWEST.withOldestFirst().withLimit(1)).items())
                .extracting(stored -> stored.entry().action())
                .containsExactly("act-1");
        assertThat(log.verify().status()).isEqualTo(AuditVerification.Status.UNSIGNED);
    }

    private RunSpec waiting(String name) {
        return task(play.directory(name))
                .tenant("blue")
                .startDelay(Duration.ofHours(1))
                .limits(Limits.DEFAULT)
                .build();
    }

    private Orchestrator node(String name, String script) {
        return play.start(play.orchestrator(script).node(name).store(store));
    }

    private AuditLog log() {
        return store.audit().orElseThrow();
    }

    private static List<AuditEntry> told(AuditLog log, AuditQuery query) {
        return log.list(query.withOldestFirst()).items().stream()
                .map(AuditRecord::entry)
                .toList();
    }
}
