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

    @BeforeEach
    void create() throws Exception {
        repository = Repository.create(folder);
        ralph = new RalphProcess.Setup(folder);
    }

    @Test
    void ctrlCLetsTheIterationEndAndAnotherProcessGoesOn() throws Exception {
        String id;
        try (RalphProcess process = start(waitingAgent())) {
            awaitAgent(1);
            id = id(process);
            process.signal("INT");
            process.awaitOutput("Stopping after this iteration");
            assertThat(process.handle().isAlive()).isTrue();
            release(1);
            var end = process.await();

            assertThat(end.code()).as(end.all()).isEqualTo(130);
            assertThat(end.out()).contains("iteration 1 recorded").contains("Go on with: ralph resume " + id);
        }
        release(2);

        var end = ralph.run("resume", id);

        assertThat(end.code()).as(end.all()).isZero();
        assertThat(end.out()).contains("iteration 2 recorded").doesNotContain("iteration 1 recorded");
        assertThat(iterations(id)).containsExactly(1, 2);
        assertThat(launches()).containsExactly("1", "2");
    }

    @Test
    void ctrlCTwiceKillsTheAgentToo() throws Exception {
        try (RalphProcess process = start(waitingAgent())) {
            ProcessHandle agent = awaitAgent(1);
            process.signal("INT");
            process.awaitOutput("Stopping after this iteration");
            process.signal("INT");
            var end = process.await();

            assertThat(end.code()).as(end.all()).isEqualTo(137);
            Awaitility.await("the agent is dead").atMost(Duration.ofSeconds(5)).until(() -> !agent.isAlive());
        }
    }

    @Test
    void sigtermStopsTheAgentAtTheDeadline() throws Exception {
        try (RalphProcess process = start(waitingAgent(), "--drain-timeout", "1s")) {
            ProcessHandle agent = awaitAgent(1);
            String id = id(process);
            process.signal("TERM");
            var end = process.await();

            assertThat(end.code()).as(end.all()).isEqualTo(143);
            assertThat(end.out()).contains("ralph resume " + id);
            assertThat(agent.isAlive()).isFalse();
            assertThat(ralph.here("show", id, "--json").out()).contains("\"status\":\"QUEUED\"");
        }
    }

    @Test
    void aRunThatWasHandedBackCanBeCancelledAndThenRolledBack() throws Exception {
        String id;
        try (RalphProcess process = start(waitingAgent())) {
            awaitAgent(1);
            id = id(process);
            process.signal("INT");
            process.awaitOutput("Stopping after this iteration");
            release(1);
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
        String id;
        ProcessHandle agent;
        String before;
        try (RalphProcess process = start(waitingAgent(), "--max-cost", "10")) {
            release(1);
            agent = awaitAgent(2);
            id = id(process);
            before = ralph.here("show", id, "--json").out();
            process.signal("KILL");
            process.await();
        }
        Awaitility.await("the agent dies with its host")
                .atMost(Duration.ofSeconds(5))
                .until(() -> !agent.isAlive());
        release(2);
        release(3);

        var end = ralph.run("resume", id);

        assertThat(end.code()).as(end.all()).isZero();
        assertThat(end.out()).contains("taken over from a process that died");
        assertThat(iterations(id)).containsExactly(1, 2);
        assertThat(launches()).startsWith("1", "2").hasSize(3);
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
    @Tag("linux")
    void aStepTheDiskRefusesIsWrittenOnceThereIsRoomAndNothingRunsTwice() throws Exception {
        try (RalphProcess process = start(waitingAgent())) {
            release(1);
            awaitAgent(2);
            String id = id(process);
            limitFileSize(process, "8192");
            release(2);
            Awaitility.await("the step is refused")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> process.complaints().contains("a step was not answered, repeating it"));
            limitFileSize(process, "unlimited");

            var end = process.await();

            assertThat(end.code()).as(end.all()).isZero();
            assertThat(iterations(id)).containsExactly(1, 2);
            assertThat(launches()).hasSize(2);
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
        try (RalphProcess process = start(waitingAgent())) {
            awaitAgent(1);
            String id = id(process);

            assertThat(ralph.run("list").out()).contains(id, "RUNNING");
            var resumed = ralph.run("resume", id);
            assertThat(resumed.code()).as(resumed.all()).isEqualTo(1);
            assertThat(resumed.err()).contains("is worked on by another process");
            try (RalphProcess follower = ralph.start("events", id, "--follow")) {
                follower.awaitOutput("iteration 1: command started");
                release(1);
                release(2);
                var followed = follower.await();
                assertThat(followed.code()).as(followed.all()).isZero();
                assertThat(followed.out()).contains("submitted", "iteration 2 recorded", "ended: COMPLETED");
            }
            assertThat(process.await().code()).isZero();
        }
    }

    /** Says in a file that it is there, waits until a file lets it go on, and claims to be done in iteration 2. */
    private String waitingAgent() throws Exception {
        return repository.script(
                "agent.sh",
                "cd " + quoted(folder),
                "echo \"$1\" >>launches",
                "echo $$ >pid.tmp && mv pid.tmp \"agent-$1\"",
                "while [ ! -e \"go-$1\" ]; do sleep 0.05; done",
                "echo \"$1\" >>" + quoted(repository.path()) + "/work",
                "echo iteration \"$1\"",
                "[ \"$1\" -lt 2 ] || echo LOOP_COMPLETE");
    }

    private RalphProcess start(String agent, String... options) throws Exception {
        List<String> arguments =
                new ArrayList<>(List.of("run", "--prompt", "Work", "--workspace", repository.argument()));
        arguments.addAll(List.of(options));
        arguments.addAll(List.of("--", "sh", agent, "{iteration}"));
        return ralph.start(arguments.toArray(String[]::new));
    }

    /** Waits for the agent of an iteration. Its number in its own PID namespace says nothing here: it is found by name. */
    private ProcessHandle awaitAgent(int iteration) {
        Path there = folder.resolve("agent-" + iteration);
        Awaitility.await("the agent of iteration " + iteration)
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> Files.exists(there));
        String script = folder.resolve("agent.sh").toString();
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .arguments()
                        .map(arguments -> arguments.length == 2 && arguments[0].equals(script))
                        .orElse(false))
                .findFirst()
                .orElseThrow();
    }

    private void release(int iteration) throws Exception {
        Files.createFile(folder.resolve("go-" + iteration));
    }

    private List<String> launches() throws Exception {
        return Files.readAllLines(folder.resolve("launches"));
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

    private static String quoted(Path path) {
        return "'" + path.toString().replace("'", "'\\''") + "'";
    }
}
