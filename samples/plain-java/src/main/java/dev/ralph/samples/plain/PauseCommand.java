/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain;

import dev.ralph.Run;
import dev.ralph.RunStatus;
import dev.ralph.event.StateEvent;
import dev.ralph.samples.plain.host.Host;
import dev.ralph.samples.plain.host.ProgramName;
import dev.ralph.samples.plain.host.Started;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Pauses a run, whoever works on it. */
@Command(
        name = "pause",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        description =
                "Pause a run, in whichever process it is: one that is worked on once its iteration has ended, another"
                        + " one at once. Runtime stops counting.")
final class PauseCommand implements Callable<Integer> {

    /** A run that nobody works on is paused by this process, or by a worker that is about to take it up. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    @Parameters(paramLabel = "ID", description = "The run; 'ralph list' shows ids.")
    private String id = "";

    @Override
    public Integer call() throws InterruptedException {
        try (Host host = Host.commanding()) {
            Run run = host.run(id);
            System.out.println("Run " + run.id()
                    + (pauses(run) ? " is paused." : " pauses once the iteration in flight has ended."));
            System.out.println("Go on with: " + ProgramName.with("resume " + run.id())
                    + ", or leave that to the workers: " + ProgramName.with("resume " + run.id() + " --queue"));
            return ExitCode.OK.code();
        }
    }

    /** Whether it is paused by now; if not, it is in an iteration. */
    private static boolean pauses(Run run) throws InterruptedException {
        if (run.snapshot().status() == RunStatus.PAUSED) {
            return true;
        }
        CountDownLatch paused = new CountDownLatch(1);
        Run.Subscription events = run.follow(Started.lastEvent(run), event -> {
            if (event instanceof StateEvent.RunPaused) {
                paused.countDown();
            }
        });
        try {
            run.pause();
            return paused.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            events.close();
        }
    }
}
