/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Another process that uses a shared file. Ends with the test that started it. */
final class SharedFilePeer implements AutoCloseable {

    private final Process process;
    private final BufferedReader out;

    private SharedFilePeer(Process process) {
        this.process = process;
        this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** One that works on a run of its own: its first line is the run, each further one an iteration that is recorded. */
    static SharedFilePeer working(Path file) throws IOException {
        return start("work", file);
    }

    /** One that takes the turn and keeps it: its first line says so. */
    static SharedFilePeer holding(Path file) throws IOException {
        return start("hold", file);
    }

    private static SharedFilePeer start(String what, Path file) throws IOException {
        return new SharedFilePeer(new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SharedFilePeer.class.getName(),
                        what,
                        file.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    long pid() {
        return process.pid();
    }

    /** The next line it prints, or null once it has ended and there is none. */
    @Nullable String line() throws IOException {
        return out.readLine();
    }

    /** {@code kill -9}, and waits until it is dead; what it printed can still be read. */
    void kill() throws InterruptedException {
        assertThat(process.toHandle().destroyForcibly()).isTrue();
        process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** The process. */
    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws Exception {
        Path file = Path.of(arguments[1]);
        if (arguments[0].equals("hold")) {
            SharedFile shared = new SharedFile(file, Duration.ofSeconds(10));
            Connection connection = shared.getConnection();
            System.out.println("holding " + connection);
            Thread.sleep(Long.MAX_VALUE);
        }
        JdbcStore store = JdbcStore.builder().sharedH2File(file).build();
        TestRun run = TestRun.begin(store);
        System.out.println(run.id());
        for (int iteration = 1; ; iteration++) {
            run.start(iteration);
            run.settle(iteration);
            System.out.println(iteration);
        }
    }
}
