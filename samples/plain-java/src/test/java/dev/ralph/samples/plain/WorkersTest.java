/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Worker processes that share a real PostgreSQL, and what other processes do to their runs. */
@Tag("integration")
class WorkersTest {

    private static final Pattern OWNER = Pattern.compile("Worked on by +(\\S+)");

    /** A loaded machine takes its time; nothing here waits for as long when all is well. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @SuppressWarnings("NullAway.Init")
    private static Postgres server;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private RalphProcess.Setup ralph;

    @SuppressWarnings("NullAway.Init")
    private WaitingAgent agent;

    @BeforeAll
    static void start() throws Exception {
        server = new Postgres();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @BeforeEach
    void create() throws Exception {
        ralph = new RalphProcess.Setup(folder, folder.resolve("home")).with("DATABASE_URL", server.migrated(folder));
        agent = new WaitingAgent(folder, Repository.create(folder));
    }

    @Test
    void twoWorkersShareTheRunsAndEachIsWorkedOnce() throws Exception {
        List<String> ids = new ArrayList<>();
        for (int run = 0; run < 10; run++) {
            ids.add(submitScript(
                    "ws-" + run,
                    "echo \"$1\" >>launches; while [ ! -e ../go ]; do sleep 0.05; done;"
                            + " [ \"$1\" -lt 2 ] || echo LOOP_COMPLETE"));
        }
        try (RalphProcess one = worker("--parallel", "2");
                RalphProcess other = worker("--parallel", "2")) {
            one.awaitOutput("taken up by");
            other.awaitOutput("taken up by");
            Files.createFile(folder.resolve("go"));
            for (String id : ids) {
                awaitStatus(id, "COMPLETED");
            }
            assertThat(stop(one)).isZero();
            assertThat(stop(other)).isZero();
            assertThat(one.complaints()).isEmpty();
            assertThat(other.complaints()).isEmpty();
        }
        for (int run = 0; run < 10; run++) {
            assertThat(Files.readAllLines(folder.resolve("ws-" + run).resolve("launches")))
                    .containsExactly("1", "2");
        }
        assertThat(ralph.here("list", "--status", "completed").out()).contains(ids);
    }

    @Test
    void aWorkerSaysOnceWhatItJoined() throws Exception {
        try (RalphProcess worker = worker("--parallel", "3", "--quiet")) {
            String line = worker.printed();
            assertThat(line)
                    .matches("Worker \\d+-\\d+-[0-9a-f]+@\\S+ takes runs from jdbc:postgresql://localhost:"
                            + server.port() + "/test_\\d+, up to 3 at once\\.\\R");
            worker.signal("INT");
            var end = worker.await();

            assertThat(end.code()).as(end.all()).isZero();
            assertThat(end.out()).contains("no more runs are taken up", "Stopped.");
            assertThat(end.err()).isEmpty();
        }
        try (RalphProcess worker = ralph.with("RALPH_MAX_PARALLEL_RUNS", "7")
                .start("worker", "--json")
                .awaitOutput("\n")) {
            JsonNode line = json(worker.printed());
            assertThat(line.get("type").asText()).isEqualTo("worker");
            assertThat(line.get("parallelRuns").asInt()).isEqualTo(7);
        }
    }

    @Test
    void anIterationThatEndsInTimeIsKeptAndAnotherWorkerGoesOn() throws Exception {
        String id = submit();
        try (RalphProcess first = worker()) {
            agent.await(1);
            try (RalphProcess second = worker()) {
                first.signal("TERM");
                first.awaitOutput("iterations in flight have 30 s to end");
                agent.release(1);
                var end = first.await();

                assertThat(end.code()).as(end.all()).isZero();
                assertThat(end.out()).contains(id + "  handed back");
                second.awaitOutput(id + "  taken up by");
                agent.release(2);
                second.awaitOutput(id + "  ended: COMPLETED");
                assertThat(stop(second)).isZero();
            }
        }
        assertThat(iterations(id)).containsExactly(1, 2);
        assertThat(agent.launches()).containsExactly("1", "2");
        assertThat(agent.overlapped()).isFalse();
    }

    @Test
    void anIterationThatTakesLongerIsCutOffAndRepeatedByAnotherWorker() throws Exception {
        String id = submit();
        try (RalphProcess first = worker("--drain-timeout", "1s")) {
            agent.release(1);
            ProcessHandle launched = agent.await(2);
            try (RalphProcess second = worker()) {
                first.signal("TERM");
                var end = first.await();

                assertThat(end.code()).as(end.all()).isEqualTo(50);
                assertThat(end.out()).contains("Iterations were cut off");
                assertThat(launched.isAlive()).isFalse();
                second.awaitOutput(id + "  taken up by");
                agent.release(2);
                second.awaitOutput(id + "  ended: COMPLETED");
                assertThat(stop(second)).isZero();
            }
        }
        assertThat(iterations(id)).containsExactly(1, 2);
        assertThat(agent.launches()).startsWith("1", "2");
        assertThat(agent.overlapped()).isFalse();
    }

    @Test
    void aWorkerThatIsKilledLosesItsRunsToAnother() throws Exception {
        String id = submit();
        try (RalphProcess first = worker()) {
            agent.release(1);
            agent.await(2);
            first.signal("KILL");
            first.await();
        }
        agent.release(2);
        try (RalphProcess second = worker()) {
            second.awaitOutput(id + "  ended: COMPLETED");
            assertThat(second.printed()).contains("taken over from a process that died");
            assertThat(stop(second)).isZero();
        }
        assertThat(iterations(id)).containsExactly(1, 2);
        assertThat(agent.overlapped()).isFalse();
    }

    @Test
    void aSecondSignalEndsAWorkerAndItsAgentsAtOnce() throws Exception {
        submit();
        try (RalphProcess worker = worker()) {
            ProcessHandle launched = agent.await(1);
            worker.signal("INT");
            worker.awaitOutput("Stopping");
            worker.signal("INT");
            var end = worker.await();

            assertThat(end.code()).as(end.all()).isEqualTo(137);
            Awaitility.await("the agent is dead").atMost(Duration.ofSeconds(5)).until(() -> !launched.isAlive());
        }
    }

    @Test
    void anotherProcessListsFollowsAndCancelsWhatAWorkerDoes() throws Exception {
        String id = submit();
        try (RalphProcess worker = worker();
                RalphProcess follower = ralph.start("events", id, "--follow")) {
            ProcessHandle launched = agent.await(1);
            follower.awaitOutput("iteration 1: command started");
            assertThat(ralph.here("list").out()).contains(id, "RUNNING");
            Matcher owner = OWNER.matcher(ralph.here("show", id).out());
            assertThat(owner.find()).isTrue();
            assertThat(worker.printed()).contains(owner.group(1));

            long began = System.nanoTime();
            var cancelled = ralph.here("cancel", id);

            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
            assertThat(cancelled.code()).as(cancelled.all()).isZero();
            assertThat(cancelled.out()).contains("CANCELLED");
            assertThat(launched.isAlive()).isFalse();
            assertThat(follower.await().out()).contains("ended: CANCELLED");
            assertThat(stop(worker)).isZero();
        }
    }

    @Test
    void aRunOfAWorkerIsGuidedPausedAndResumedFromOtherProcesses() throws Exception {
        String id = submit();
        try (RalphProcess worker = worker()) {
            agent.await(1);
            assertThat(ralph.here("guide", id, "Mind the tests").out()).contains("its agent is told");
            assertThat(ralph.here("pause", id).out())
                    .contains("pauses once the iteration in flight has ended", "resume " + id + " --queue");
            agent.release(1);
            awaitStatus(id, "PAUSED");
            assertThat(ralph.here("pause", id).out()).contains("is paused");

            assertThat(ralph.here("resume", id, "--queue").code()).isZero();
            agent.release(2);
            worker.awaitOutput(id + "  ended: COMPLETED");
            assertThat(stop(worker)).isZero();
        }
        assertThat(ralph.here("events", id).out()).contains("guidance of 14 characters arrived", "resumed");
        assertThat(agent.launches()).containsExactly("1", "2");
        assertThat(ralph.here("pause", id).err()).contains("is COMPLETED");
        assertThat(ralph.here("resume", id, "--queue").err()).contains("is COMPLETED");
    }

    @Test
    void aQueuedRunIsPausedAtOnceAndMayBeWorkedHereInstead() throws Exception {
        String id = submit();
        assertThat(ralph.here("pause", id).out()).contains("is paused");
        agent.release(1);
        agent.release(2);

        var end = ralph.run("resume", id);

        assertThat(end.code()).as(end.all()).isZero();
        assertThat(agent.launches()).containsExactly("1", "2");
    }

    @Test
    void whatARunProcessHandsBackAWorkerThatStartsLaterGoesOnWith() throws Exception {
        try (RalphProcess process = ralph.start(agent.run())) {
            agent.await(1);
            process.signal("INT");
            process.awaitOutput("Stopping after this iteration");
            agent.release(1);
            assertThat(process.await().code()).isEqualTo(130);
        }
        agent.release(2);
        try (RalphProcess worker = worker()) {
            worker.awaitOutput("ended: COMPLETED");
            assertThat(stop(worker)).isZero();
        }
        assertThat(agent.launches()).containsExactly("1", "2");
    }

    @Test
    void aRunWhoseWorkspaceIsElsewhereIsNotResumedHere() throws Exception {
        String id = submitScript("ws", "echo LOOP_COMPLETE");
        Files.delete(folder.resolve("ws"));

        var end = ralph.here("resume", id);

        assertThat(end.code()).as(end.all()).isEqualTo(1);
        assertThat(end.err())
                .contains("is not on this machine", "resume " + id + " --queue")
                .hasLineCount(1);
        assertThat(ralph.here("show", id).out()).contains("QUEUED");
    }

    @Test
    void priorityAndDelaySayWhoIsNext() throws Exception {
        String late = submitScript("late", "echo late >>../order; echo LOOP_COMPLETE", "--delay", "1h");
        var checked = ralph.here(agent.submit("--dry-run", "--delay", "1h", "--priority", "-5"));
        assertThat(checked.code()).as(checked.all()).isZero();
        assertThat(checked.out()).containsPattern("Priority +-5").containsPattern("Delay +1h00m");
        String low = submitScript("low", "echo low >>../order; echo LOOP_COMPLETE");
        String high = submitScript("high", "echo high >>../order; echo LOOP_COMPLETE", "--priority", "5");
        try (RalphProcess worker = worker("--parallel", "1")) {
            worker.awaitOutput(low + "  ended: COMPLETED");
            assertThat(stop(worker)).isZero();
        }
        assertThat(folder.resolve("order")).content().isEqualToIgnoringNewLines("highlow");
        assertThat(ralph.here("show", high).out()).contains("COMPLETED");
        assertThat(ralph.here("show", late).out()).contains("QUEUED");
    }

    @Test
    void whoSubmitsMayFollowAndLookAway() throws Exception {
        try (RalphProcess worker = worker();
                RalphProcess submitting = ralph.start(agent.submit("--follow", "--task-id", "the task"))) {
            agent.await(1);
            submitting.awaitOutput("iteration 1: command started");
            String id = json(ralph.here("list", "--json").out()).get("id").asText();
            submitting.signal("INT");
            var away = submitting.await();
            assertThat(away.code()).as(away.all()).isEqualTo(130);
            assertThat(away.out())
                    .contains("is queued; a worker takes it up", "goes on without being watched")
                    .contains("events " + id + " --follow");
            assertThat(away.err()).isEmpty();

            try (RalphProcess again = ralph.start(agent.submit("--follow", "--task-id", "the task"))) {
                again.awaitOutput("Run " + id + " has this task id already; it is RUNNING.");
                agent.release(1);
                agent.release(2);
                var end = again.await();
                assertThat(end.code()).as(end.all()).isZero();
                assertThat(end.out()).contains("COMPLETED, UNVERIFIED");
            }
            var known = ralph.here(agent.submit("--task-id", "the task", "--json"));
            assertThat(json(known.out()).get("run").asText()).isEqualTo(id);
            assertThat(json(known.out()).get("status").asText()).isEqualTo("COMPLETED");
            assertThat(stop(worker)).isZero();
        }
        assertThat(agent.launches()).containsExactly("1", "2");
    }

    private RalphProcess worker(String... options) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("worker"));
        arguments.addAll(List.of(options));
        return ralph.start(arguments.toArray(String[]::new)).awaitOutput("takes runs from");
    }

    private static int stop(RalphProcess worker) throws Exception {
        worker.signal("TERM");
        return worker.await().code();
    }

    private String submit() throws Exception {
        return id(ralph.here(agent.submit("--quiet")));
    }

    /** Queues a run on a folder of its own, whose agent is a script there. */
    private String submitScript(String workspace, String script, String... options) throws Exception {
        Path place = Files.createDirectory(folder.resolve(workspace));
        List<String> arguments =
                new ArrayList<>(List.of("submit", "--quiet", "--prompt", "Work", "--workspace", place.toString()));
        arguments.addAll(List.of(options));
        arguments.addAll(List.of("--", "sh", "-c", script, "sh", "{iteration}"));
        return id(ralph.here(arguments.toArray(String[]::new)));
    }

    private static String id(RalphProcess.Ended end) {
        assertThat(end.code()).as(end.all()).isZero();
        return end.out().strip();
    }

    private void awaitStatus(String id, String status) {
        Awaitility.await(id + " is " + status)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> json(ralph.here("show", id, "--json").out())
                        .get("status")
                        .asText()
                        .equals(status));
    }

    private List<Integer> iterations(String id) throws Exception {
        List<Integer> numbers = new ArrayList<>();
        json(ralph.here("show", id, "--json").out())
                .get("iterations")
                .forEach(iteration -> numbers.add(iteration.get("iteration").asInt()));
        return numbers;
    }

    private static JsonNode json(String text) throws Exception {
        return new ObjectMapper().readTree(text);
    }
}
