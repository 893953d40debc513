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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real signals to real processes, and what the next process makes of what they left. */
@Tag("integration")
class StopTest {

    private static final Pattern RUN = Pattern.compile("Run ([0-9a-f-]{36}) in ");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Repository repository;

    @SuppressWarnings("NullAway.Init")
    private RalphProcess.Setup ralph;

    @SuppressWarnings("NullAway.Init")
    private WaitingAgent agent;

    @BeforeEach
    void create() throws Exception {
        repository = Repository.create(folder);
        ralph = new RalphProcess.Setup(folder);
        agent = new WaitingAgent(folder, repository);
    }

    @Test
    void ctrlCLetsTheIterationEndAndAnotherProcessGoesOn() throws Exception {
        String id;
        try (RalphProcess process = start()) {
            agent.await(1);
            id = id(process);
            process.signal("INT");
            process.awaitOutput("Stopping after this iteration");
            assertThat(process.handle().isAlive()).isTrue();
            agent.release(1);
            var end = process.await();

            assertThat(end.code()).as(end.all()).isEqualTo(130);
            assertThat(end.out()).contains("iteration 1 recorded").contains("Go on with: ralph resume " + id);
        }
        agent.release(2);

        var end = ralph.run("resume", id);

        assertThat(end.code()).as(end.all()).isZero();
        assertThat(end.out()).contains("iteration 2 recorded").doesNotContain("iteration 1 recorded");
        assertThat(iterations(id)).containsExactly(1, 2);
        assertThat(agent.launches()).containsExactly("1", "2");
    }

    @Test
    void ctrlCTwiceKillsTheAgentToo() throws Exception {
        try (RalphProcess process = start()) {
            ProcessHandle launched = agent.await(1);
            process.signal("INT");
            process.awaitOutput("Stopping after this iteration");
            process.signal("INT");
            var end = process.await();

            assertThat(end.code()).as(end.all()).isEqualTo(137);
            Awaitility.await("the agent is dead").atMost(Duration.ofSeconds(5)).until(() -> !launched.isAlive());
        }
    }

    @Test
    void sigtermStopsTheAgentAtTheDeadline() throws Exception {
        try (RalphProcess process = start("--drain-timeout", "1s")) {
            ProcessHandle launched = agent.await(1);
            String id = id(process);
            process.signal("TERM");
            var end = process.await();

            assertThat(end.code()).as(end.all()).isEqualTo(143);
            assertThat(end.out()).contains("ralph resume " + id);
            assertThat(launched.isAlive()).isFalse();
            assertThat(ralph.here("show", id, "--json").out()).contains("\"status\":\"QUEUED\"");
        }
    }

    @Test
    void aRunThatWasHandedBackCanBeCancelledAndThenRolledBack() throws Exception {
        String id;
        try (RalphProcess process = start()) {
            agent.await(1);
            id = id(process);
            process.signal("INT");
            process.awaitOutput("Stopping after this iteration");
            agent.release(1);
            process.await();
        }
        Files.writeString(repository.path().resolve("by-hand"), "an edit\n");

        assertThat(ralph.here("rollback", id, "0").code()).isEqualTo(1);
        var cancelled = ralph.run("cancel", id);
        assertThat(cancelled.code()).as(cancelled.all()).isZero();
        assertThat(ralph.run("resume", id).code()).isEqualTo(40);
        var rolledBack = ralph.here("rollback", id, "0");

        assertThat(rolledBack.code()).as(rolledBack.all()).isZero();
        assertThat(repository.path().resolve("by-hand")).doesNotExist();
        assertThat(repository.path().resolve("README")).exists();
    }

    @Test
    void afterKillNineAnotherProcessGoesOnAndNothingIsRecordedTwice() throws Exception {
        Path beside = Files.createDirectory(folder.resolve("beside"));
        WaitingAgent other = new WaitingAgent(beside, Repository.create(beside));
        try (RalphProcess unharmed = ralph.start(other.run())) {
            other.await(1);
            killAndGoOn();
            other.release(1);
            other.release(2);
            var end = unharmed.await();

            assertThat(end.code()).as(end.all()).isZero();
            assertThat(end.err()).isEmpty();
            assertThat(other.launches()).containsExactly("1", "2");
        }
    }

    private void killAndGoOn() throws Exception {
        String id;
        ProcessHandle launched;
        String before;
        try (RalphProcess process = start("--max-cost", "10")) {
            agent.release(1);
            launched = agent.await(2);
            id = id(process);
            before = ralph.here("show", id, "--json").out();
            process.signal("KILL");
            process.await();
        }
        agent.release(3);
        long began = System.nanoTime();
        RalphProcess.Ended end;
        try (RalphProcess resumed = ralph.start("resume", id)) {
            resumed.awaitOutput("taken over from a process that died");
            assertThat(launched.isAlive()).as("the dead process's agent").isFalse();
            agent.release(2);
            end = resumed.await();
        }

        assertThat(end.code()).as(end.all()).isZero();
        assertThat(agent.overlapped()).isFalse();
        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .as("nobody waits for the dead process's lease")
                .isLessThan(Duration.ofSeconds(50));
        assertThat(end.out()).contains("taken over from a process that died");
        assertThat(iterations(id)).containsExactly(1, 2);
        assertThat(agent.launches()).startsWith("1", "2").hasSize(3);
        JsonNode show = json(ralph.here("show", id, "--json").out());
        assertThat(unknownSpend(show)).isGreaterThan(unknownSpend(json(before)));
        assertThat(show.at("/progress/attempts").asInt()).isEqualTo(3);
        List<Long> numbers = new ArrayList<>();
        for (String line : ralph.here("events", id, "--json").out().lines().toList()) {
            numbers.add(json(line).get("seq").asLong());
        }
        assertThat(numbers).isSorted().doesNotHaveDuplicates().startsWith(1L).endsWith((long) numbers.size());
    }

    @Test
    void aRunAtWorkIsCancelledFromAnotherProcess() throws Exception {
        try (RalphProcess process = start()) {
            ProcessHandle launched = agent.await(1);
            var cancelled = ralph.run("cancel", id(process));

            assertThat(cancelled.code()).as(cancelled.all()).isZero();
            assertThat(cancelled.out()).contains("CANCELLED");
            var end = process.await();
            assertThat(end.code()).as(end.all()).isEqualTo(40);
            assertThat(launched.isAlive()).isFalse();
        }
    }

    @Test
    void aRunAtWorkIsGuidedAndPausedFromAnotherProcessWhichThenGoesOnWithIt() throws Exception {
        try (RalphProcess process = start()) {
            agent.await(1);
            String id = id(process);
            assertThat(ralph.here("guide", id, "Mind the tests").code()).isZero();
            assertThat(ralph.here("pause", id).out()).contains("pauses once the iteration in flight has ended");
            agent.release(1);
            process.awaitOutput("guidance of 14 characters arrived").awaitOutput("paused");
            assertThat(ralph.here("pause", id).out()).contains("is paused");
            agent.release(2);

            var end = ralph.run("resume", id);

            assertThat(end.code()).as(end.all()).isZero();
            assertThat(process.await().code()).isZero();
            assertThat(agent.launches()).containsExactly("1", "2");
            assertThat(ralph.here("guide", id, "Too late").err()).contains("is COMPLETED");
        }
    }

    @Test
    @Tag("linux")
    void aStepTheDiskRefusesIsWrittenOnceThereIsRoomAndNothingRunsTwice() throws Exception {
        try (RalphProcess process = start()) {
            agent.release(1);
            agent.await(2);
            String id = id(process);
            limitFileSize(process, "8192");
            agent.release(2);
            Awaitility.await("the step is refused")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> process.complaints().contains("a step was not answered, repeating it"));
            limitFileSize(process, "unlimited");

            var end = process.await();

            assertThat(end.code()).as(end.all()).isZero();
            assertThat(iterations(id)).containsExactly(1, 2);
            assertThat(agent.launches()).hasSize(2);
        }
    }

    /** From here on, files may not grow beyond this: a disk that is full for this process alone. */
    private static void limitFileSize(RalphProcess process, String bytes) throws Exception {
        assertThat(new ProcessBuilder(
                                "prlimit",
                                "--pid",
                                Long.toString(process.handle().pid()),
                                "--fsize=" + bytes + ":unlimited")
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
    }

    @Test
    void whileOneProcessWorksOthersReadAndFollowButDoNotTakeOver() throws Exception {
        try (RalphProcess process = start()) {
            agent.await(1);
            String id = id(process);

            assertThat(ralph.run("list").out()).contains(id, "RUNNING");
            var resumed = ralph.run("resume", id);
            assertThat(resumed.code()).as(resumed.all()).isEqualTo(1);
            assertThat(resumed.err())
                    .contains("is worked on by another process, "
                            + process.handle().pid())
                    .contains("ralph events " + id + " --follow");
            assertThat(ralph.here("rollback", id, "0").err()).contains("is RUNNING");
            try (RalphProcess follower = ralph.start("events", id, "--follow")) {
                follower.awaitOutput("iteration 1: command started");
                agent.release(1);
                agent.release(2);
                var followed = follower.await();
                assertThat(followed.code()).as(followed.all()).isZero();
                assertThat(followed.out()).contains("submitted", "iteration 2 recorded", "ended: COMPLETED");
            }
            assertThat(process.await().code()).isZero();
        }
    }

    private RalphProcess start(String... options) throws Exception {
        return ralph.start(agent.run(options));
    }

    private List<Integer> iterations(String id) throws Exception {
        List<Integer> numbers = new ArrayList<>();
        json(ralph.here("show", id, "--json").out())
                .get("iterations")
                .forEach(iteration -> numbers.add(iteration.get("iteration").asInt()));
        return numbers;
    }

    private static String id(RalphProcess process) throws Exception {
        Matcher matcher = RUN.matcher(process.awaitOutput("Run ").printed());
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    private static double unknownSpend(JsonNode show) {
        return show.at("/progress/spend/unknown").asDouble();
    }

    private static JsonNode json(String text) throws Exception {
        return new ObjectMapper().readTree(text);
    }
}
