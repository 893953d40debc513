/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.benchmarks;

import dev.ralph.process.ContainedProcess;
import dev.ralph.process.ContainmentMechanism;
import dev.ralph.process.Environment;
import dev.ralph.process.OutputChannel;
import dev.ralph.process.ProcessLauncher;
import dev.ralph.process.ProcessListener;
import dev.ralph.process.ProcessSpec;
import dev.ralph.process.ProcessSpecBuilder;
import dev.ralph.process.ProcessTimeouts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * An agent that ignores SIGTERM and starts one child in its group and two that left its session, one of which is deaf as
 * well; all hold its output open. As a program, the host of one, to be killed or stopped.
 */
final class HostileAgent {

    static final Duration GRACE = Duration.ofSeconds(1);

    private static final Duration LONG = Duration.ofMinutes(5);
    private static final String SCRIPT = """
            trap '' TERM
            sleep 300 &
            setsid sleep 300 &
            deaf=$(mktemp -u); export deaf; mkfifo "$deaf"
            setsid sh -c 'trap "" TERM; echo >"$deaf"; while :; do sleep 1; done' &
            read -r _ <"$deaf"; rm "$deaf"
            echo up
            while :; do sleep 1; done
            """;

    private HostileAgent() {}

    /** Launches one and waits until all of it is there. */
    static ContainedProcess start(ProcessLauncher launcher, String witness) throws InterruptedException {
        CountDownLatch up = new CountDownLatch(1);
        ContainedProcess process = launcher.start(spec(SCRIPT, witness).build(), new ProcessListener() {
            @Override
            public void line(OutputChannel channel, String line, boolean cut) {
                up.countDown();
            }
        });
        up.await();
        return process;
    }

    static ProcessSpecBuilder spec(String script, String witness) {
        return ProcessSpec.builder("sh", "-c", script)
                .directory(Path.of(System.getProperty("java.io.tmpdir")))
                .environment(Environment.allowing("PATH").with(Witness.VARIABLE, witness))
                .timeouts(new ProcessTimeouts(LONG, LONG, GRACE));
    }

    /** Arguments: mechanism, witness. Prints a line when the agent is at work. */
    public static void main(String[] arguments) throws InterruptedException {
        try (ProcessLauncher launcher = ContainmentFigures.launcher(ContainmentMechanism.valueOf(arguments[0]))) {
            ContainedProcess process = start(launcher, arguments[1]);
            System.out.println("up");
            process.await();
        }
    }
}
