/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.loop;

import static dev.ralph.loop.Playground.event;
import static dev.ralph.loop.Playground.quick;
import static dev.ralph.loop.Playground.result;
import static dev.ralph.loop.Playground.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ralph.InvalidValueException;
import dev.ralph.IterationRecord;
import dev.ralph.Limits;
import dev.ralph.Orchestrator;
import dev.ralph.Run;
import dev.ralph.RunId;
import dev.ralph.RunQuery;
import dev.ralph.RunResult;
import dev.ralph.RunSpec;
import dev.ralph.RunStateException;
import dev.ralph.RunStatus;
import dev.ralph.StopReason;
import dev.ralph.event.StateEvent;
import dev.ralph.spi.Gate;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CommandsTest {

    private static final String BLOCKED = "echo x >>\"$PLAY/started\"\nsleep 1000\n";

    @RegisterExtension
    final Playground play = new Playground();

    @Test
    @Tag("linux")
    void cancelReachesABlockedAgentAtOnceEvenIfItIgnoresSigterm() throws Exception {
        Orchestrator ralph = play.start(play.orchestrator("trap '' TERM\n" + BLOCKED + "sleep 1000"));
        Run run = ralph.submit(task(play.directory("w")).build());
        play.awaitLines("started", 1);
        assertThat(play.alive()).isNotEmpty();

        long begin = System.nanoTime();
        run.cancel();
        RunResult result = result(run);
        Duration took = Duration.ofNanos(System.nanoTime() - begin);

        assertThat(result.reason()).isEqualTo(StopReason.CANCELLED);
        assertThat(play.alive()).isEmpty();
        assertThat(result.iterations()).isZero();
        assertThat(result.attempts()).isEqualTo(1);
        assertThat(took).isLessThan(Duration.ofSeconds(10));
        run.cancel();
        assertThatExceptionOfType(RunStateException.class).isThrownBy(run::pause);
    }

    @Test
    void cancelEndsAQueuedRunAlthoughEverySlotIsTaken() throws Exception {
        Orchestrator ralph = play.start(play.orchestrator(BLOCKED).maxParallelRuns(1));
        Run working = ralph.submit(task(play.directory("a")).build());
        play.awaitLines("started", 1);
        Run queued = ralph.submit(task(play.directory("b")).build());

        queued.cancel();

        assertThat(result(queued).reason()).isEqualTo(StopReason.CANCELLED);
        assertThat(queued.snapshot().progress().attempts()).isZero();
        assertThat(working.snapshot().status()).isEqualTo(RunStatus.RUNNING);
    }

    @Test
    void cancelOfAQueuedRunProbesNoAgent() throws Exception {
        Orchestrator ralph = play.start(play.orchestrator(BLOCKED)
                .agent(play.agent("slow", "")
                        .versionCommand("sh", "-c", "touch \"$PLAY/probed\"")
                        .build())
                .maxParallelRuns(1));
        ralph.submit(task(play.directory("a")).build());
        play.awaitLines("started", 1);
        Run queued = ralph.submit(quick(RunSpec.prompt("Do the task").workspace(play.directory("b")))
                .build());

        queued.cancel();

        assertThat(result(queued).reason()).isEqualTo(StopReason.CANCELLED);
        assertThat(play.file("probed")).doesNotExist();
    }

    @Test
    void pauseOfAQueuedRunThatNamesNoAgentKeepsItUntilItIsResumed() throws Exception {
        Orchestrator ralph =
                play.start(play.orchestrator("[ \"$PWD\" != \"$PLAY/a\" ] || {\n" + BLOCKED + "}\necho LOOP_COMPLETE")
                        .maxParallelRuns(1));
        Run working = ralph.submit(task(play.directory("a")).build());
        play.awaitLines("started", 1);
        Run queued = ralph.submit(quick(RunSpec.prompt("Do the task").workspace(play.directory("b")))
                .build());

        queued.pause();
        event(queued, StateEvent.RunPaused.class);
        working.cancel();
        assertThat(result(working).reason()).isEqualTo(StopReason.CANCELLED);
        assertThat(queued.snapshot().status()).isEqualTo(RunStatus.PAUSED);
        queued.resume();

        assertThat(result(queued).reason()).isEqualTo(StopReason.COMPLETED);
    }

    @Test
    @Tag("linux")
    void cancelEndsAGateThatHangs() throws Exception {
        Orchestrator ralph = play.start(play.orchestrator("echo LOOP_COMPLETE"));
        Run run = ralph.submit(task(play.directory("w"))
                .gate(Gate.command("sh", "-c", "echo x >>'" + play.file("started") + "'; sleep 1000"))
                .build());
        play.awaitLines("started", 1);

        run.cancel();

        assertThat(result(run).reason()).isEqualTo(StopReason.CANCELLED);
        assertThat(run.gates()).isEmpty();
    }

    @Test
    void pauseLetsTheIterationFinishHoldsNoSlotAndResumeGoesOn() throws Exception {
        Orchestrator ralph = play.start(play.orchestrator("""
                        echo x >>"$PLAY/ran-$(basename "$PWD")"
                        while [ -e "$PLAY/hold" ]; do sleep 0.05; done
                        echo "iteration"
                        """).maxParallelRuns(1));
        play.directory("hold");
        Run run =
                ralph.submit(task(play.directory("first")).limits(iterations(2)).build());
        play.awaitLines("ran-first", 1);
        run.pause();
        event(run, StateEvent.AttemptStarted.class);
        assertThat(run.snapshot().status()).isEqualTo(RunStatus.RUNNING);
        Files.delete(play.file("hold"));
        event(run, StateEvent.RunPaused.class);
        assertThat(run.iterations(0, 10)).extracting(IterationRecord::iteration).containsExactly(1);
        assertThat(run.snapshot().progress().clockSince()).isNull();

        Run other = ralph.submit(
                task(play.directory("second")).limits(iterations(1)).build());
        assertThat(result(other).reason()).isEqualTo(StopReason.MAX_ITERATIONS);
        assertThat(play.lines("ran-first")).hasSize(1);

        run.resume();
        assertThat(result(run).reason()).isEqualTo(StopReason.MAX_ITERATIONS);
        assertThat(run.iterations(0, 10)).extracting(IterationRecord::iteration).containsExactly(1, 2);
    }

    @Test
    void guidanceReachesTheNextPromptAndOnlyThat() throws Exception {
        Orchestrator ralph = play.start(play.orchestrator("""
                echo x >>"$PLAY/count"
                n=$(wc -l <"$PLAY/count" | tr -d ' ')
                cat >"$PLAY/prompt$n"
                echo x >>"$PLAY/started"
                [ "$n" != 1 ] || while [ ! -e "$PLAY/go" ]; do sleep 0.05; done
                """));
        Run run = ralph.submit(task(play.directory("w")).limits(iterations(3)).build());
        play.awaitLines("started", 1);

        run.guide("Mind the Käse 🧀");
        play.directory("go");

        assertThat(result(run).reason()).isEqualTo(StopReason.MAX_ITERATIONS);
        assertThat(play.file("prompt1")).content().doesNotContain("Käse");
        assertThat(play.file("prompt2")).content().contains("Do the task", "- Mind the Käse 🧀");
        assertThat(play.file("prompt3")).content().doesNotContain("Käse");
        assertThat(event(run, StateEvent.GuidanceReceived.class).characters()).isEqualTo(16);
    }

    @Test
    void guidanceThatCannotBeStoredIsRefused() {
        Orchestrator ralph = play.start(play.orchestrator(BLOCKED));
        Run run = ralph.submit(task(play.directory("w")).build());

        assertThatExceptionOfType(InvalidValueException.class).isThrownBy(() -> run.guide(" \n"));
        assertThatExceptionOfType(InvalidValueException.class).isThrownBy(() -> run.guide("a\0b"));
        assertThatExceptionOfType(InvalidValueException.class).isThrownBy(() -> run.guide("a\uD83Eb"));
        assertThatExceptionOfType(InvalidValueException.class).isThrownBy(() -> run.guide("x".repeat(100_001)));
    }

    @Test
    void aDelayedRunStartsWhenItsTimeComesAlthoughItIsTalkedTo() throws Exception {
        Orchestrator ralph = play.start(play.orchestrator("date +%s%N >>\"$PLAY/time\"; cat >\"$PLAY/prompt\""));
        Duration delay = Duration.ofSeconds(3);
        Run run = ralph.submit(task(play.directory("w"))
                .startDelay(delay)
                .limits(iterations(1))
                .build());
        Instant submitted = run.snapshot().createdAt();

        run.guide("early");

        assertThat(result(run).reason()).isEqualTo(StopReason.MAX_ITERATIONS);
        assertThat(play.file("prompt")).content().contains("early");
        assertThat(run.snapshot().startedAt()).isAfterOrEqualTo(submitted.plus(delay));
    }

    @Test
    void aTaskIdSubmittedAgainIsTheSameRun() throws Exception {
        Orchestrator ralph = play.start(play.orchestrator("echo x >>\"$PLAY/count\"; echo LOOP_COMPLETE"));
        RunSpec spec = task(play.directory("w")).taskId("ticket-42").build();
        CountDownLatch together = new CountDownLatch(1);
        List<Future<RunId>> submitted = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(20);
        try {
            for (int i = 0; i < 20; i++) {
                submitted.add(threads.submit(() -> {
                    together.await();
                    return ralph.submit(spec).id();
                }));
            }
            together.countDown();
            Set<RunId> ids = new HashSet<>();
            for (Future<RunId> future : submitted) {
                ids.add(future.get());
            }
            assertThat(ids).hasSize(1);
        } finally {
            threads.shutdownNow();
        }
        Run run = ralph.findByTaskId("ticket-42").orElseThrow();
        assertThat(result(run).reason()).isEqualTo(StopReason.COMPLETED);
        assertThat(ralph.submit(spec).id()).isEqualTo(run.id());
        assertThat(ralph.list(RunQuery.NEWEST).items()).hasSize(1);
        assertThat(play.lines("count")).hasSize(1);
    }

    @Test
    void awaitGivesUpInTimeAndKnowsLongTimes() throws Exception {
        Orchestrator ralph = play.start(play.orchestrator(BLOCKED));
        Run run = ralph.submit(task(play.directory("w")).build());
        play.awaitLines("started", 1);

        assertThat(run.await(Duration.ZERO)).isEmpty();
        assertThat(run.await(Duration.ofMillis(50))).isEmpty();
        run.cancel();

        assertThat(run.await(Duration.ofSeconds(Long.MAX_VALUE)))
                .hasValueSatisfying(result -> assertThat(result.reason()).isEqualTo(StopReason.CANCELLED));
        assertThat(run.await().reason()).isEqualTo(StopReason.CANCELLED);
        assertThat(run.await(Duration.ZERO)).isPresent();
    }

    @Test
    void aThousandWaitingRunsHoldNoThread() throws Exception {
        Orchestrator ralph = play.start(play.orchestrator(BLOCKED).maxParallelRuns(1));
        ralph.submit(task(play.directory("busy")).build());
        play.awaitLines("started", 1);
        ralph.submit(task(play.directory("w")).startDelay(Duration.ofDays(1)).build());
        Set<Thread> before = Thread.getAllStackTraces().keySet();

        for (int i = 0; i < 500; i++) {
            ralph.submit(
                    task(play.directory("w")).startDelay(Duration.ofDays(1)).build());
            ralph.submit(task(play.directory("w")).build());
        }

        Set<String> added = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread))
                .map(Thread::getName)
                .filter(name -> name.startsWith("ralph"))
                .collect(Collectors.toSet());
        assertThat(added).isEmpty();
    }

    @Test
    void pauseDuringAWaitAndCancelDuringAPauseTakeEffectAtOnce() throws Exception {
        Orchestrator ralph = play.start(play.orchestrator(BLOCKED));
        Run run = ralph.submit(
                task(play.directory("w")).startDelay(Duration.ofDays(1)).build());

        run.pause();
        event(run, StateEvent.RunPaused.class);
        run.cancel();

        assertThat(result(run).reason()).isEqualTo(StopReason.CANCELLED);
        assertThat(play.lines("started")).isEmpty();
    }

    private static Limits iterations(int max) {
        return Limits.builder().maxIterations(max).build();
    }
}
