/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.benchmarks;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM with the class path of this one, which is told and answers numbers. It ends when it is told no more. */
final class ChildJvm implements AutoCloseable {

    private static final int LONGEST_END_SECONDS = 10;

    private final Process process;
    private final DataOutputStream out;
    private final DataInputStream in;

    private ChildJvm(Process process) {
        this.process = process;
        this.out = new DataOutputStream(process.getOutputStream());
        this.in = new DataInputStream(process.getInputStream());
    }

    static ChildJvm start(Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return new ChildJvm(process);
    }

    void tell(long number) throws IOException {
        out.writeLong(number);
        out.flush();
    }

    long hear() throws IOException {
        return in.readLong();
    }

    @Override
    public void close() throws IOException {
        out.close();
        process.onExit()
                .completeOnTimeout(process, LONGEST_END_SECONDS, TimeUnit.SECONDS)
                .join()
                .destroyForcibly();
    }
}
