/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain;

import dev.ralph.Run;
import dev.ralph.event.RunEvent;
import dev.ralph.event.RunListener;
import dev.ralph.event.StateEvent;
import dev.ralph.samples.plain.host.Host;
import dev.ralph.samples.plain.view.EventText;
import dev.ralph.samples.plain.view.Json;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints the state events of a run. */
@Command(
        name = "events",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        description = "Print what happened in a run, in order.")
final class EventsCommand implements Callable<Integer> {

    private static final int BATCH = 500;

    @Parameters(paramLabel = "ID", description = "The run; 'ralph list' shows ids.")
    private String id = "";

    @Option(
            names = "--from",
            paramLabel = "SEQ",
            defaultValue = "1",
            description = "Number of the first event to print (default: ${DEFAULT-VALUE}).")
    private long from = 1;

    @Option(names = "--follow", description = "Go on until the run has ended, whichever process works on it.")
    private boolean follow;

    @Option(names = "--json", description = "Print JSON, one event a line.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        try (Host host = Host.reading()) {
            Run run = host.run(id);
            if (follow) {
                follow(run);
            } else {
                print(run);
            }
            return ExitCode.OK.code();
        }
    }

    private void print(Run run) {
        RunListener printer = printer();
        List<StateEvent> batch = run.events(from - 1, BATCH);
        while (!batch.isEmpty()) {
            batch.forEach(printer::on);
            batch = run.events(batch.get(batch.size() - 1).seq(), BATCH);
        }
    }

    private void follow(Run run) throws InterruptedException {
        RunListener printer = printer();
        CountDownLatch over = new CountDownLatch(1);
        RunListener follower = event -> {
            printer.on(event);
            // Nobody reads any more, as after a pipe into head.
            if (event instanceof StateEvent.RunEnded || System.out.checkError()) {
                over.countDown();
            }
        };
        Run.Subscription subscription = run.follow(from - 1, follower);
        try {
            over.await();
        } finally {
            subscription.close();
        }
    }

    private RunListener printer() {
        if (json) {
            Json lines = new Json(System.out);
            return event -> lines.print(lines.event(event));
        }
        return event -> System.out.println(numbered(event));
    }

    private static String numbered(RunEvent event) {
        return (event instanceof StateEvent state ? String.format("%5d  ", state.seq()) : "       ")
                + EventText.timed(event);
    }
}
