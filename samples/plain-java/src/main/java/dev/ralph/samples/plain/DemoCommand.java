/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain;

import dev.ralph.samples.plain.demo.Demo;
import dev.ralph.samples.plain.demo.DemoException;
import dev.ralph.samples.plain.host.Host;
import dev.ralph.samples.plain.host.RunEnd;
import dev.ralph.samples.plain.host.RunSession;
import dev.ralph.samples.plain.view.RunViews;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows the loop at work, with nothing but a JDK, git and a POSIX shell. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        description =
                "Make a small git repository with failing checks and run the loop on it with a scripted agent, which"
                        + " claims to be done once too early.")
final class DemoCommand implements Callable<Integer> {

    private static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(30);

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "An empty folder to make it in (default: a new one for temporary files).")
    private @Nullable Path folder;

    @Override
    public Integer call() throws InterruptedException {
        try (Host host = Host.open()) {
            RunSession session = new RunSession(host, DRAIN_TIMEOUT);
            RunEnd end = new Demo(host.orchestrator(), session, System.out)
                    .play(place(), RunViews.choose(false, false, System.out));
            return ExitCode.of(end).code();
        }
    }

    private Path place() {
        if (folder != null) {
            return folder.toAbsolutePath().normalize();
        }
        try {
            return Files.createTempDirectory("ralph-demo-");
        } catch (IOException e) {
            throw new DemoException("no folder for temporary files can be made: " + e + "; name one by --dir", e);
        }
    }
}
