/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.agent.CommandAgent;
import dev.ralph.event.StateEvent;
import dev.ralph.spi.Gate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job, end to end: a real process edits a real git repository in a loop until a real check passes. */
class LoopTest {

    @TempDir
    Path folder;

    @Test
    void anAgentEditsARepositoryUntilItsClaimPassesTheGate() throws Exception {
        Path repository = GitRepository.create(folder.resolve("repo"));
        Path prompts = Files.createDirectory(folder.resolve("prompts"));
        Path agent = Files.writeString(folder.resolve("agent.sh"), """
                count=$(cat count 2>/dev/null || echo 0)
                count=$((count + 1))
                echo "$count" >count
                cat >"$1/$count"
                echo "iteration $count"
                [ "$count" -lt 2 ] || echo LOOP_COMPLETE
                """);
        try (Orchestrator ralph = Orchestrator.builder()
                .agent(CommandAgent.builder("scripted")
                        .command("sh", agent.toString(), prompts.toString())
                        .build())
                .build()) {
            Run run = ralph.submit(RunSpec.prompt("Count to three")
                    .workspace(repository)
                    .agent("scripted")
                    .limits(Limits.builder().maxIterations(5).build())
                    .gate(Gate.command("grep", "-q", "3", "count"))
                    .build());
            RunResult result = run.await();

            assertThat(result.reason()).as("%s", result).isEqualTo(StopReason.COMPLETED);
            assertThat(result.verification()).isEqualTo(Verification.VERIFIED);
            assertThat(result.iterations()).isEqualTo(3);
            assertThat(prompts.resolve("1"))
                    .content()
                    .contains("Count to three")
                    .contains("LOOP_COMPLETE");
            assertThat(prompts.resolve("3"))
                    .content()
                    .contains("claim was rejected")
                    .contains("grep");
            assertThat(run.iterations(0, 10))
                    .extracting(IterationRecord::iteration)
                    .containsExactly(1, 2, 3);
            assertThat(run.gates()).extracting(GateRecord::passed).containsExactly(false, true);
            assertThat(run.checkpoints()).extracting(CheckpointRecord::number).containsExactly(0, 1, 2, 3);
            assertThat(run.diff(0, 3, 10_000)).contains("+3");
            List<StateEvent> events = run.events(0, 100);
            assertThat(events).extracting(StateEvent::seq).isEqualTo(sequence(events.size()));

            run.rollback(1);
            assertThat(repository.resolve("count")).hasContent("1");
        }
    }

    private static List<Long> sequence(int size) {
        return LongStream.rangeClosed(1, size).boxed().toList();
    }
}
