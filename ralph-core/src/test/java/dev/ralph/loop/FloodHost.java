/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.loop;

import dev.ralph.CheckpointPolicy;
import dev.ralph.Limits;
import dev.ralph.Orchestrator;
import dev.ralph.Run;
import dev.ralph.RunSpec;
import dev.ralph.agent.CommandAgent;
import dev.ralph.artifact.FileArtifactStore;
import dev.ralph.event.ActivityEvent;
import dev.ralph.event.RunEvent;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A host whose only listener is stuck while an agent floods; it keeps full outputs. */
final class FloodHost {

    private FloodHost() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        try (Orchestrator ralph = Orchestrator.builder()
                .agent(CommandAgent.builder("flood")
                        .command("sh", "-c", arguments[1])
                        .build())
                .artifacts(new FileArtifactStore(Path.of(arguments[2])))
                .listener(event -> stick(event, never))
                .build()) {
            Run run = ralph.submit(RunSpec.prompt("Flood")
                    .workspace(Path.of(arguments[0]))
                    .agent("flood")
                    .checkpoints(CheckpointPolicy.OFF)
                    .limits(Limits.builder().maxIterations(1).build())
                    .build());
            System.out.println("ended " + run.await().reason()
                    + (run.iterations(0, 1).get(0).outputCut() ? " cut" : " whole")
                    + " " + run.attempts(1).get(0).output());
        }
    }

    private static void stick(RunEvent event, CountDownLatch never) {
        if (event instanceof ActivityEvent) {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
