/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What other processes do to the runs of workers. */
@Tag("integration")
class SubmittedRunsTest extends WorkerProcesses {

    private static final Pattern OWNER = Pattern.compile("Worked on by +(\\S+)");

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
}
