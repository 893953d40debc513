/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.real;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.samples.plain.RalphCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** The command-line host in a JVM of its own. Ends with the test that started it. */
final class HostProcess implements AutoCloseable {

    private final Process process;
    private final Path out;
    private final Path err;

    private HostProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** What a host that ended left. */
    record Ended(int code, String out, String err) {

        /** Everything it printed, for messages. */
        String all() {
            return "exit code " + code + "\n" + out + "\n" + err;
        }
    }

    /**
     * Starts it in a folder, which is its user's home too.
     *
     * @param environment all of its environment but {@code PATH} and {@code HOME}
     */
    static HostProcess start(Path folder, Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                RalphCommand.class.getName()));
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile(folder, "out", ".txt");
        Path err = Files.createTempFile(folder, "err", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().keySet().retainAll(List.of("PATH"));
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("RALPH_HOME", folder.resolve("ralph").toString());
        builder.environment().putAll(environment);
        return new HostProcess(builder.start(), out, err);
    }

    /** Starts it and waits for its end. */
    static Ended run(Path folder, Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        try (HostProcess host = start(folder, environment, arguments)) {
            return host.await();
        }
    }

    Ended await() throws IOException, InterruptedException {
        assertThat(process.waitFor(Bench.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as("the host ends; so far: %s", printed())
                .isTrue();
        return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    /** Waits until it has printed this. */
    void awaitOutput(String text) {
        Awaitility.await("output with " + text)
                .atMost(Bench.PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .failFast(
                        "it ended without: see " + err,
                        () -> !process.isAlive() && !printed().contains(text))
                .until(() -> printed().contains(text));
    }

    /** {@code kill -9}. */
    void kill() throws IOException, InterruptedException {
        process.destroyForcibly();
        assertThat(await().code()).isEqualTo(137);
    }

    /** Standard output so far. */
    String printed() throws IOException {
        return Files.readString(out);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
