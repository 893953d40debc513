/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ralph.CheckpointPolicy;
import dev.ralph.Limits;
import dev.ralph.Orchestrator;
import dev.ralph.ProgressPolicy;
import dev.ralph.Run;
import dev.ralph.RunOutput;
import dev.ralph.RunSpec;
import dev.ralph.RunStatus;
import dev.ralph.agent.CommandAgent;
import dev.ralph.artifact.FileArtifactStore;
import dev.ralph.audit.AuditHead;
import dev.ralph.audit.AuditVerification;
import dev.ralph.store.jdbc.AuditConfig;
import dev.ralph.store.jdbc.AuditKeys;
import dev.ralph.store.jdbc.JdbcStore;
import dev.ralph.store.jdbc.MigrationMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A node on a database, with workspaces and artifacts in a folder. Its agent goes on until its workspace has a file
 * {@value #FINISH}.
 */
final class Host implements AutoCloseable {

    private static final String FINISH = "finish";
    private static final Duration BOUND = Duration.ofSeconds(60);

    private final Path folder;
    private final JdbcStore store;
    private final FileArtifactStore artifacts;
    private final Orchestrator ralph;

    Host(String url, Path folder) {
        this(url, folder, AuditConfig.DEFAULT);
    }

    /** One that signs what it does. */
    Host(String url, Path folder, AuditKeys keys) {
        this(url, folder, AuditConfig.DEFAULT.withKeys(keys));
    }

    private Host(String url, Path folder, AuditConfig audit) {
        this.folder = folder;
        store = JdbcStore.builder()
                .url(url)
                .pool(1, 8)
                .migrations(MigrationMode.NONE)
                .audit(audit)
                .build();
        artifacts = new FileArtifactStore(folder.resolve("artifacts"));
        ralph = Orchestrator.builder()
                .store(store)
                .artifacts(artifacts)
                .agent(CommandAgent.builder("patient")
                        .command(
                                "sh",
                                "-c",
                                "cat > /dev/null; echo some output; [ ! -e " + FINISH + " ] || echo LOOP_COMPLETE")
                        .build())
                .build();
    }

    /** Begins a run in a workspace of its own. */
    Run begin(String task) throws IOException {
        return ralph.submit(RunSpec.prompt("Do the task")
                .taskId(task)
                .workspace(Files.createDirectories(workspace(task)))
                .agent("patient")
                .limits(Limits.builder().maxIterations(100_000).build())
                .progress(ProgressPolicy.OFF)
                .checkpoints(CheckpointPolicy.OFF)
                .build());
    }

    /** A run that was begun on a host before. */
    Run find(String task) {
        return ralph.findByTaskId(task).orElseThrow();
    }

    /** Goes on with it and lets it come to its end, and looks for the output of what was done for that. */
    void finish(String task) throws IOException, InterruptedException {
        Run run = find(task);
        int before = run.snapshot().progress().iterations();
        Files.createFile(workspace(task).resolve(FINISH));
        assertThat(ralph.resume(run.id()).await(BOUND))
                .hasValueSatisfying(result -> assertThat(result.completed()).isTrue());
        int last = run.snapshot().progress().iterations();
        assertThat(last).isGreaterThan(before);
        assertThat(output(run, last)).contains("LOOP_COMPLETE");
    }

    /** What an iteration's last attempt printed. */
    String output(Run run, int iteration) {
        StringBuilder text = new StringBuilder();
        try (RunOutput output =
                run.output(iteration, run.attempts(iteration).size()).orElseThrow()) {
            output.copyTo(text);
        }
        return text.toString();
    }

    /** Waits until all of the trail is signed and sealed, and has it checked. */
    AuditVerification sealTrail() {
        await("the seal").atMost(BOUND).until(() -> {
            store.maintain();
            return verifyTrail(null).unsealed() == 0;
        });
        return verifyTrail(null);
    }

    /** Has the trail checked, which must have this head; any will do if it is null. */
    AuditVerification verifyTrail(@Nullable AuditHead head) {
        return store.audit().orElseThrow().verify(head);
    }

    static void awaitIterations(Run run, int iterations) {
        await("iterations").atMost(BOUND).until(() -> run.snapshot().progress().iterations() >= iterations);
    }

    static void pause(Run run) {
        run.pause();
        await("the pause").atMost(BOUND).until(() -> run.snapshot().status() == RunStatus.PAUSED);
    }

    @Override
    public void close() {
        ralph.close(Duration.ZERO);
        artifacts.close();
        store.close();
    }

    private Path workspace(String task) {
        return folder.resolve("work").resolve(task);
    }
}
