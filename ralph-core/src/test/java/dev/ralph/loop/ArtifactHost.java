/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.loop;

import dev.ralph.CheckpointPolicy;
import dev.ralph.Orchestrator;
import dev.ralph.Run;
import dev.ralph.RunSpec;
import dev.ralph.agent.CommandAgent;
import dev.ralph.artifact.FileArtifactStore;
import dev.ralph.artifact.RunKeys;
import dev.ralph.artifact.SealedArtifactStore;
import dev.ralph.spi.ArtifactStore;
import java.nio.file.Path;

/** A host that works a run and keeps its outputs until it is killed. */
final class ArtifactHost {

    private ArtifactHost() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws InterruptedException {
        try (Orchestrator ralph = Orchestrator.builder()
                .agent(CommandAgent.builder("prints")
                        .command("sh", "-c", arguments[1])
                        .build())
                .artifacts(artifacts(Path.of(arguments[2]), Boolean.parseBoolean(arguments[3])))
                .build()) {
            Run run = ralph.submit(RunSpec.prompt("Print")
                    .workspace(Path.of(arguments[0]))
                    .agent("prints")
                    .checkpoints(CheckpointPolicy.OFF)
                    .build());
            System.out.println("run " + run.id());
            run.await();
        }
    }

    private static ArtifactStore artifacts(Path folder, boolean sealed) {
        FileArtifactStore files = new FileArtifactStore(folder);
        return sealed ? new SealedArtifactStore(files, new RunKeys()) : files;
    }
}
