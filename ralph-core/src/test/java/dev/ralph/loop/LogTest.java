/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.loop;

import static dev.ralph.loop.Playground.event;
import static dev.ralph.loop.Playground.result;
import static dev.ralph.loop.Playground.task;
import static dev.ralph.loop.Playground.until;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.ralph.CheckpointPolicy;
import dev.ralph.FailureClass;
import dev.ralph.Limits;
import dev.ralph.Orchestrator;
import dev.ralph.RetryPolicy;
import dev.ralph.Run;
import dev.ralph.RunId;
import dev.ralph.RunResult;
import dev.ralph.StopReason;
import dev.ralph.event.StateEvent;
import dev.ralph.log.LogNames;
import dev.ralph.spi.AgentOutcome;
import dev.ralph.spi.Gate;
import dev.ralph.spi.Secret;
import dev.ralph.spi.UsageReport;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.MDC;

/** What the log is told of runs, and what it never is. */
class LogTest {

    private static final String KEY = "sk-very-secret-0123456789";
    private static final String FORGED = "12:00:00 ERROR Login: root logged in";

    @RegisterExtension
    final Playground play = new Playground();

    @Test
    void eachCommittedStepIsOneLineWithItsRunIterationAndAgent() throws Exception {
        AtomicReference<@Nullable Orchestrator> watched = new AtomicReference<>();
        List<Long> versions = new CopyOnWriteArrayList<>();
        try (LogLines log = LogLines.capture(line -> {
            Orchestrator orchestrator = watched.get();
            if (orchestrator != null && line.logger().equals(LogNames.STEPS)) {
                RunId id = RunId.parse(String.valueOf(line.context().get(LogNames.RUN)));
                versions.add(orchestrator.find(id).orElseThrow().snapshot().version());
            }
        })) {
            Orchestrator ralph = play.start(play.orchestrator("""
                    echo x >>count
                    [ "$(wc -l <count)" -lt 2 ] || echo LOOP_COMPLETE
                    """));
            watched.set(ralph);
            Run run = ralph.submit(task(play.repository("w"))
                    .tenant("acme")
                    .subject("somebody@localhost")
                    .label("who", "somebody")
                    .checkpoints(CheckpointPolicy.EVERY_ITERATION)
                    .gate(Gate.command("grep", "-q", "x", "count"))
                    .build());
            RunResult result = result(run);
            long version = run.snapshot().version();
            ralph.close();

            assertThat(result.reason()).isEqualTo(StopReason.COMPLETED);
            List<LogLines.Line> steps = log.of(LogNames.STEPS);
            List<Long> told =
                    steps.stream().map(line -> version(line.message())).toList();
            assertThat(told).doesNotHaveDuplicates().isSorted();
            assertThat(told).hasSize((int) version).endsWith(version);
            assertThat(versions).as("committed before it is told of").isEqualTo(told);
            String all =
                    String.join("\n", steps.stream().map(LogLines.Line::message).toList());
            assertThat(all.lines()
                            .map(line -> line.replaceFirst("^Run .*: step \\d+: ", ""))
                            .toList())
                    .anySatisfy(line -> assertThat(line).contains("taken up by"))
                    .anySatisfy(line -> assertThat(line).isEqualTo("STARTED iteration 2 attempt 1 on scripted"))
                    .anySatisfy(line -> assertThat(line)
                            .contains(
                                    "SETTLED iteration 2 attempt 1 on scripted: SUCCEEDED", "USD", "claims completion"))
                    .anySatisfy(
                            line -> assertThat(line).contains("VERIFIED iteration 2: gate 'grep -q x count' passed"))
                    .anySatisfy(line -> assertThat(line).contains("CHECKPOINTED iteration 1 as number"))
                    .anySatisfy(line -> assertThat(line).contains("ended, COMPLETED VERIFIED"));
            assertThat(steps)
                    .allSatisfy(line -> assertThat(line.context())
                            .containsEntry(LogNames.RUN, run.id().toString())
                            .containsEntry(LogNames.TENANT, "acme"))
                    .filteredOn(line -> line.message().contains("iteration 2"))
                    .isNotEmpty()
                    .allSatisfy(line -> assertThat(line.context())
                            .containsEntry(LogNames.ITERATION, "2")
                            .containsEntry(LogNames.ATTEMPT, "1")
                            .containsEntry(LogNames.AGENT, "scripted"));
            assertThat(log.lines().toString()).doesNotContain("somebody", "Do the task");
        }
    }

    @Test
    void stepsWithAnEventAreInfoAndOthersDebug() throws Exception {
        try (LogLines log = LogLines.capture()) {
            Orchestrator ralph = play.start(play.orchestrator("echo LOOP_COMPLETE"));
            result(ralph.submit(task(play.directory("w")).build()));
            ralph.close();

            assertThat(log.of(LogNames.STEPS))
                    .isNotEmpty()
                    .allSatisfy(line -> assertThat(line.level())
                            .isEqualTo(line.message().contains("no event") ? Level.DEBUG : Level.INFO));
        }
    }

    @Test
    void whoeverWorksOnTheRunIsInItsContextAndTheHostsThreadIsGivenBackAsItWas() throws Exception {
        Map<String, String> agent = new ConcurrentHashMap<>();
        Map<String, String> gate = new ConcurrentHashMap<>();
        List<Map<String, String>> listener = new CopyOnWriteArrayList<>();
        ExecutorService hosts = Executors.newSingleThreadExecutor();
        play.closing(hosts::shutdownNow);
        hosts.submit(() -> {
                    MDC.put("request", "42");
                    MDC.put(LogNames.RUN, "the host's own");
                })
                .get(1, TimeUnit.MINUTES);
        Orchestrator ralph = play.start(Orchestrator.builder()
                .executor(hosts)
                .listener(event -> listener.add(MDC.getCopyOfContextMap()))
                .gate(new ContextGate(gate))
                .agent(new InProcessAgent("scripted", (invocation, heard) -> {
                    agent.putAll(MDC.getCopyOfContextMap());
                    return new AgentOutcome.Finished("LOOP_COMPLETE", false, UsageReport.UNKNOWN);
                })));
        Run run = ralph.submit(task(play.directory("w")).gate(ContextGate.REF).build());
        result(run);
        ralph.close();

        assertThat(agent)
                .containsEntry(LogNames.RUN, run.id().toString())
                .containsEntry(LogNames.ITERATION, "1")
                .containsEntry(LogNames.AGENT, "scripted")
                .containsEntry("request", "42");
        assertThat(gate).containsEntry(LogNames.RUN, run.id().toString()).containsEntry(LogNames.ITERATION, "1");
        assertThat(listener)
                .isNotEmpty()
                .allSatisfy(context ->
                        assertThat(context).containsEntry(LogNames.RUN, run.id().toString()));
        assertThat(hosts.submit(MDC::getCopyOfContextMap).get(1, TimeUnit.MINUTES))
                .containsExactlyInAnyOrderEntriesOf(Map.of("request", "42", LogNames.RUN, "the host's own"));
    }

    @Test
    void aSecretThatAnAgentPrintsInTwoPiecesIsInNoLineNorIsAnythingElseItPrints() throws Exception {
        try (LogLines log = LogLines.capture()) {
            Orchestrator ralph = play.start(Orchestrator.builder()
                    .secrets(name -> name.equals("KEY") ? Optional.of(new Secret("KEY", KEY)) : Optional.empty())
                    .agent(play.agent("scripted", """
                                    first=$(printf %s "$API_KEY" | cut -c1-12)
                                    printf '\\033[2J\\033[1;1H%s\\n401 for %s' "$FORGED" "$first" >&2
                                    echo x >>"$PLAY/half"
                                    until [ -e "$PLAY/go" ]; do sleep 0.05; done
                                    printf '%s\\n' "${API_KEY#"$first"}" >&2
                                    exit 9
                                    """)
                            .secret("API_KEY", "KEY")
                            .variable("FORGED", FORGED)
                            .build()));
            Run run = ralph.submit(task(play.directory("w"))
                    .retry(RetryPolicy.DEFAULT.withDelays(Duration.ofHours(1), Duration.ofHours(1)))
                    .build());
            play.awaitLines("half", 1);
            Files.createFile(play.file("go"));
            StateEvent.AttemptSettled settled = event(run, StateEvent.AttemptSettled.class);
            until(
                    () -> log.of(LogNames.STEPS).stream()
                                    .anyMatch(line -> line.message().contains("SETTLED"))
                            ? Boolean.TRUE
                            : null,
                    "the line of the settled attempt");
            ralph.close();

            assertThat(settled.failure()).isNotNull();
            assertThat(settled.message()).contains("401 for [redacted]").doesNotContain(KEY);
            assertThat(log.lines().toString())
                    .contains("SETTLED iteration 1 attempt 1 on scripted: FAILED " + settled.failure())
                    .doesNotContain(KEY.substring(0, 12), KEY.substring(12), "401 for", FORGED);
        }
    }

    @Test
    void whatAnAdapterThrowsForgesNoLineAndShowsNoSecret() throws Exception {
        try (LogLines log = LogLines.capture()) {
            Orchestrator ralph =
                    play.start(Orchestrator.builder().agent(new InProcessAgent("scripted", (invocation, listener) -> {
                        if (invocation.iteration() == 1) {
                            return new AgentOutcome.Failed(
                                    FailureClass.AGENT_ERROR, hostile(), null, UsageReport.UNKNOWN);
                        }
                        throw new IllegalStateException(hostile(), new IllegalArgumentException(hostile()));
                    })));
            Run run = ralph.submit(task(play.directory("w"))
                    .limits(Limits.builder().maxIterations(3).build())
                    .build());
            assertThat(result(run).reason()).isEqualTo(StopReason.INTERNAL_ERROR);
            ralph.close();

            assertThat(log.lines())
                    .allSatisfy(line -> assertThat(line.message() + line.failures() + line.context())
                            .doesNotContain("\n", "\r", "\u001B", "\u2028", "a1B2a1B2"));
            assertThat(log.lines())
                    .filteredOn(line -> line.level() == Level.ERROR)
                    .singleElement()
                    .satisfies(line -> {
                        assertThat(line.message()).contains("the adapter of agent scripted failed");
                        assertThat(line.failures())
                                .contains("java.lang.IllegalStateException: 401 for [redacted] " + FORGED)
                                .contains("java.lang.IllegalArgumentException: 401 for [redacted] " + FORGED);
                        assertThat(line.context()).containsEntry(LogNames.ITERATION, "2");
                    });
        }
    }

    private static String hostile() {
        return "401 for ghp_" + "a1B2".repeat(9) + "\r\n\u001B[31m" + FORGED + "\u2028" + FORGED;
    }

    private static long version(String message) {
        return Long.parseLong(message.replaceFirst("^Run \\S+: step (\\d+).*$", "$1"));
    }
}
