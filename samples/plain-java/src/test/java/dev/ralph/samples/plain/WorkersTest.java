/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How worker processes share runs, end and die. */
@Tag("integration")
class WorkersTest extends WorkerProcesses {

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
}
