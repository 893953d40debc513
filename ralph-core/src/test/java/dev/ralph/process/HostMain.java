/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * A host that a test can kill or stop. Arguments: mechanism, witness, shell script. Prints "running" once the script has
 * printed a line, then the end of the process.
 */
final class HostMain {

    private HostMain() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws InterruptedException {
        ContainmentMechanism mechanism = ContainmentMechanism.valueOf(arguments[0]);
        try (ProcessLauncher launcher = ProcessLauncher.builder()
                .containment(Containment.using(mechanism))
                .keepAlive(Duration.ofSeconds(3))
                .build()) {
            ProcessSpec spec = ProcessSpec.builder("sh", "-c", arguments[2])
                    .directory(Path.of(System.getProperty("java.io.tmpdir")))
                    .environment(Environment.allowing("PATH").with("WITNESS", arguments[1]))
                    .build();
            CountDownLatch firstLine = new CountDownLatch(1);
            ContainedProcess process = launcher.start(spec, new ProcessListener() {
                @Override
                public void line(OutputChannel channel, String line, boolean cut) {
                    firstLine.countDown();
                }
            });
            firstLine.await();
            System.out.println("running");
            ProcessExit exit = process.await();
            String head = exit.stdout().head().replace('\n', ' ');
            System.out.println(exit.end() + " " + exit.level() + " " + exit.stdout() + " " + head);
        }
    }
}
