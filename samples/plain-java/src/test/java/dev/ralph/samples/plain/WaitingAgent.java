/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/** An agent that says in a file that it is there, waits until a file lets it go on, and claims to be done in iteration 2. */
final class WaitingAgent {

    private final Path folder;
    private final Repository repository;
    private final String script;

    /** Prepares one whose files are in {@code folder}; several in one folder would take each other's. */
    WaitingAgent(Path folder, Repository repository) throws IOException {
        this.folder = folder;
        this.repository = repository;
        this.script = repository.script(
                "agent.sh",
                "cd " + quoted(folder),
                "if command -v flock >/dev/null; then exec 9>>alive; flock -n 9 || echo \"$1\" >>overlaps; fi",
                "echo \"$1\" >>launches",
                "echo $$ >pid.tmp && mv pid.tmp \"agent-$1\"",
                "while [ ! -e \"go-$1\" ]; do sleep 0.05; done",
                "echo \"$1\" >>" + quoted(repository.path()) + "/work",
                "echo iteration \"$1\"",
                "[ \"$1\" -lt 2 ] || echo LOOP_COMPLETE");
    }

    /** A command line that runs it. */
    String[] run(String... options) {
        return command("run", options);
    }

    /** A command line that queues a run for it. */
    String[] submit(String... options) {
        return command("submit", options);
    }

    private String[] command(String name, String... options) {
        List<String> arguments =
                new ArrayList<>(List.of(name, "--prompt", "Work", "--workspace", repository.argument()));
        arguments.addAll(List.of(options));
        arguments.addAll(List.of("--", "sh", script, "{iteration}"));
        return arguments.toArray(String[]::new);
    }

    /** Waits for the launch of an iteration. Its number in its own PID namespace says nothing here: it is found by name. */
    ProcessHandle await(int iteration) {
        Path there = folder.resolve("agent-" + iteration);
        Awaitility.await("the agent of iteration " + iteration)
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> Files.exists(there));
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .arguments()
                        .map(arguments -> arguments.length == 2 && arguments[0].equals(script))
                        .orElse(false))
                .findFirst()
                .orElseThrow();
    }

    /** Lets an iteration go on. */
    void release(int iteration) throws IOException {
        Files.createFile(folder.resolve("go-" + iteration));
    }

    /** Whether two were alive at once, where the host can tell. */
    boolean overlapped() {
        return Files.exists(folder.resolve("overlaps"));
    }

    /** The iterations it was launched for, in order. */
    List<String> launches() throws IOException {
        return Files.readAllLines(folder.resolve("launches"));
    }

    private static String quoted(Path path) {
        return "'" + path.toString().replace("'", "'\\''") + "'";
    }
}
