/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain;

import dev.ralph.Run;
import dev.ralph.RunStateException;
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

/** Queues a run again that was given up because the processes that worked on it died. */
@Command(
        name = "retry",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        description =
                "Queue a run again that ended DEAD_LETTERED: the processes that worked on it died too often in a row."
                        + " Counters, runtime and spend go on from where they stood.",
        footer = {"", "Find them:", "  ralph list --reason dead_lettered"})
final class RetryCommand implements Callable<Integer> {

    /** This process carries it out, or a worker that is quicker. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Parameters(paramLabel = "ID", description = "The run; 'ralph list --reason dead_lettered' shows ids.")
    private String id = "";

    @Override
    public Integer call() throws InterruptedException {
        try (Host host = Host.retrying()) {
            Run run = host.run(id);
            if (!retries(run)) {
                throw new RunStateException("run " + run.id() + " was told to go on, but did not within "
                        + PATIENCE.toSeconds() + " s; try again: " + ProgramName.with("retry " + run.id()));
            }
            if (host.hasQueue()) {
                System.out.println("Run " + run.id() + " is queued again; a worker takes it up.");
                System.out.println("Watch it:  " + ProgramName.with("events " + run.id() + " --follow"));
            } else {
                System.out.println("Run " + run.id() + " is queued again.");
                System.out.println("Go on with: " + ProgramName.with("resume " + run.id()));
            }
            return ExitCode.OK.code();
        }
    }

    /** Whether it was carried out: until then the run has ended. */
    private static boolean retries(Run run) throws InterruptedException {
        CountDownLatch retried = new CountDownLatch(1);
        Run.Subscription events = run.follow(Started.lastEvent(run), event -> {
            if (event instanceof StateEvent.RunRetried) {
                retried.countDown();
            }
        });
        try {
            run.retry();
            return retried.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            events.close();
        }
    }
}
