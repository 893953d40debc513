/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.AttemptRecord;
import dev.ralph.AttemptStatus;
import dev.ralph.OnInterrupted;
import dev.ralph.RunSnapshot;
import dev.ralph.StopReason;
import dev.ralph.spi.Store;
import dev.ralph.spi.StoredCommand;
import dev.ralph.spi.StoredEvent;
import dev.ralph.spi.StoredRun;
import dev.ralph.store.jdbc.ChildJvm;
import dev.ralph.store.jdbc.fault.Boundary.Moment;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/** One run, whose nodes are killed one after the other until it has ended. */
final class KilledRun {

    private static final int ALL = 1_000_000;

    /** Long enough that the run is seen to wait. */
    private static final Duration BACK_OFF = Duration.ofMillis(500);

    private static final Set<AttemptStatus> UNSUCCESSFUL =
            Set.of(AttemptStatus.ABANDONED, AttemptStatus.FAILED, AttemptStatus.INTERRUPTED);

    private final Arena arena;
    private final LoggedDatabase database;
    private final SharedBudget budget;
    private final String task;
    private final boolean cancelled;
    private final boolean rollback;
    private final List<Death> deaths;
    private final List<String> notesLost = new ArrayList<>();
    private final List<String> notesAccepted = new ArrayList<>();

    /** The number says what happens to it: from 0 to {@code runs - 1}. */
    KilledRun(Arena arena, LoggedDatabase database, SharedBudget budget, int number, int runs, Random random) {
        this.arena = arena;
        this.database = database;
        this.budget = budget;
        task = "killed-" + number;
        cancelled = number >= runs / 2;
        rollback = number % 2 == 1;
        Moment before = number / 2 % 2 == 0 ? Moment.BEFORE_COMMIT : Moment.UNSENT;
        deaths = Death.ofRun(cancelled, rollback, before, random);
    }

    String task() {
        return task;
    }

    /** Where its nodes die, each boundary as often as they do. */
    List<Boundary> boundaries() {
        List<Boundary> boundaries = new ArrayList<>();
        deaths.forEach(death -> {
            if (death.at() != null) {
                boundaries.add(death.at());
            }
        });
        return boundaries;
    }

    /** Gives how often a node was killed. */
    int killAgainAndAgain() throws IOException, InterruptedException {
        Path host = arena.hostWithRepositories("host-of-" + task, task);
        RunTerms terms =
                new RunTerms(budget.name(), rollback ? OnInterrupted.ROLLBACK : OnInterrupted.CONTINUE, BACK_OFF);
        for (int i = 0; i < deaths.size(); i++) {
            Death death = deaths.get(i);
            String name = task + "-node-" + i;
            prepare(death.cause());
            budget.keepRoom();
            NodeOrder order = arena.order(name, database.url(name), task)
                    .withCheckpoints()
                    .with(terms)
                    .stoppingAt(death.at());
            try (ChildJvm node = arena.start(host, order)) {
                provoke(death, node, name);
                if (death.at() != null) {
                    node.await("at " + death.at(), Arena.BOUND);
                }
                node.kill();
            }
            cleanUp(death.cause());
        }
        return deaths.size();
    }

    private void prepare(Death.Cause cause) throws IOException {
        switch (cause) {
            case AGENT_HELD, DRAIN, CUT_OFF -> arena.hold(task);
            case AGENT_TURNED_AWAY -> arena.fail(task, Arena.RATE_LIMITED);
            case AGENT_FAILS -> arena.fail(task, 1);
            case GATE_PASSES -> arena.finish(task);
            case WORK, PAUSE, RESUME, GUIDE, CANCEL -> {}
        }
    }

    private void provoke(Death death, ChildJvm node, String name) throws IOException {
        switch (death.cause()) {
            case WORK, AGENT_TURNED_AWAY, AGENT_FAILS, GATE_PASSES -> {}
            case AGENT_HELD -> arena.awaitAgent(task, name);
            case PAUSE -> node.say("pause");
            case RESUME -> node.say("resume");
            case CANCEL -> node.say("cancel");
            case GUIDE -> {
                String note = "note-" + name;
                (Boundary.after(StepKind.GUIDE_ACCEPTED).equals(death.at()) ? notesAccepted : notesLost).add(note);
                node.say("guide Mind " + note);
            }
            case CUT_OFF -> {
                arena.awaitAgent(task, name);
                node.say("drain 0");
            }
            case DRAIN -> {
                arena.awaitAgent(task, name);
                node.say("drain 60");
                arena.release(task);
            }
        }
    }

    private void cleanUp(Death.Cause cause) throws IOException {
        switch (cause) {
            case AGENT_HELD, CUT_OFF -> {
                arena.await("the agent of " + task + " is dead", () -> !arena.agentAlive(task));
                arena.release(task);
            }
            case AGENT_TURNED_AWAY, AGENT_FAILS -> arena.mend(task);
            case WORK, GATE_PASSES, PAUSE, RESUME, GUIDE, CANCEL, DRAIN -> {}
        }
    }

    /** Checks all there is of it, once its last node is dead. */
    RunAudit audit(Store store) throws SQLException {
        RunAudit audit = RunAudit.ofOne(
                store,
                database.log(),
                arena,
                task,
                new RecordAudit(cancelled ? StopReason.CANCELLED : StopReason.COMPLETED, UNSUCCESSFUL, true));
        StoredRun stored = store.findByTask(task).orElseThrow();
        List<AttemptRecord> attempts = attempts(store, stored.snapshot());
        commands(store, stored);
        guidance(attempts);
        usage(stored.snapshot(), attempts);
        return audit;
    }

    /** Each that was accepted is there once and was carried out once; no other is. */
    private void commands(Store store, StoredRun stored) {
        List<StoredCommand> commands = store.commands(stored.snapshot().id(), 0);
        assertThat(commands.stream().map(command -> StepKind.of(command.command())))
                .as("commands of %s", task)
                .containsExactlyInAnyOrderElementsOf(boundaries().stream()
                        .filter(boundary -> boundary.step().row().equals(StepKind.PAUSE_ACCEPTED.row())
                                && boundary.moment() == Moment.AFTER_COMMIT)
                        .map(Boundary::step)
                        .toList());
        assertThat(stored.commandsThrough()).isEqualTo(commands.size());
        List<String> events = store.events(stored.snapshot().id(), 0, ALL).stream()
                .map(StoredEvent::type)
                .toList();
        assertThat(events).as("events of %s", task).contains("run_waiting");
        assertThat(events)
                .filteredOn(
                        Set.of("run_paused", "run_resumed", "guidance_received", "run_handed_back", "run_ended")
                                ::contains)
                .as("events of %s", task)
                .containsExactlyInAnyOrder(
                        "run_paused", "run_resumed", "guidance_received", "run_handed_back", "run_ended");
        assertThat(events.contains("workspace_restored")).isEqualTo(rollback);
    }

    /** What was accepted is in the prompt of one iteration that succeeded; what was not, is in none. */
    private void guidance(List<AttemptRecord> attempts) {
        Set<String> succeeded = attempts.stream()
                .filter(attempt -> attempt.status() == AttemptStatus.SUCCEEDED)
                .map(attempt -> attempt.iteration() + " " + attempt.attempt() + " ")
                .collect(Collectors.toSet());
        List<String> heard = arena.heard(task);
        for (String note : notesAccepted) {
            assertThat(heard.stream()
                            .filter(line -> succeeded.contains(line.substring(0, line.indexOf("note-")))
                                    && line.endsWith(" " + note))
                            .distinct())
                    .as("%s was heard in %s", note, heard)
                    .hasSize(1);
        }
        for (String note : notesLost) {
            assertThat(heard).as("not accepted: %s", note).noneMatch(line -> line.endsWith(" " + note));
        }
    }

    /**
     * Of an attempt nobody saw the end of, what was noted counts if it is more than what was reserved. What one that was
     * cut off had told may have come to nobody's ears.
     */
    private void usage(RunSnapshot run, List<AttemptRecord> attempts) throws SQLException {
        long least = 0;
        long most = 0;
        int beyond = 0;
        for (AttemptRecord attempt : attempts) {
            long reserved = attempt.reserved().tokens();
            long told = Arena.tokens(attempt.iteration());
            long noted = attempt.status() == AttemptStatus.ABANDONED ? noted(run, attempt) : 0;
            assertThat(noted).isIn(0L, told);
            switch (attempt.status()) {
                case SUCCEEDED, FAILED -> {
                    least += told;
                    most += told;
                }
                case ABANDONED -> {
                    least += Math.max(reserved, noted);
                    most += Math.max(reserved, noted);
                    beyond += noted > reserved ? 1 : 0;
                }
                case INTERRUPTED -> {
                    least += reserved;
                    most += Math.max(reserved, told);
                }
                case IN_FLIGHT -> throw new AssertionError("in flight: " + attempt);
            }
        }
        assertThat(beyond).as("notes of %s that counted", task).isPositive();
        assertThat(run.progress().usage().total() + run.progress().unknownTokens())
                .as("tokens of %s", task)
                .isBetween(least, most);
    }

    private long noted(RunSnapshot run, AttemptRecord attempt) throws SQLException {
        return database.count("""
                SELECT coalesce(max((entry->>'noted_input_tokens')::int + (entry->>'noted_output_tokens')::int), 0)
                FROM witness.writes WHERE run = '%s' AND written LIKE '%% attempts'
                    AND (entry->>'iteration')::int = %d AND (entry->>'attempt')::int = %d""".formatted(run.id().value(), attempt.iteration(), attempt.attempt()));
    }

    private static List<AttemptRecord> attempts(Store store, RunSnapshot run) {
        List<AttemptRecord> attempts = new ArrayList<>();
        for (int iteration = 1; iteration <= run.progress().iterations() + 1; iteration++) {
            attempts.addAll(store.attempts(run.id(), iteration));
        }
        return attempts;
    }
}
