/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;

/** A JVM of its own that runs {@link HostMain}. */
final class HostJvm implements AutoCloseable {

    private final Process process;
    private final BufferedReader output;

    private HostJvm(Process process) {
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
    }

    static HostJvm start(List<String> options, ContainmentMechanism mechanism, Witness witness, String script)
            throws IOException {
        return start(List.of(), options, classPath(), mechanism, witness, script);
    }

    /**
     * Starts one.
     *
     * @param before what comes before {@code java} on the command line
     */
    static HostJvm start(
            List<String> before,
            List<String> options,
            List<Path> classPath,
            ContainmentMechanism mechanism,
            Witness witness,
            String script)
            throws IOException {
        List<String> command = new ArrayList<>(before);
        command.add(java());
        command.addAll(options);
        command.addAll(List.of("-cp", joined(classPath), HostMain.class.getName()));
        command.addAll(List.of(mechanism.name(), witness.word(), script));
        return new HostJvm(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    static String joined(List<Path> classPath) {
        return classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    /** What the mains of these tests need; the same on class path and module path. */
    static List<Path> classPath() {
        return Stream.of(ProcessLauncher.class, HostMain.class, Logger.class)
                .map(HostJvm::location)
                .distinct()
                .toList();
    }

    private static Path location(Class<?> type) {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath());
    }

    void awaitRunning() throws IOException {
        assertThat(output.readLine()).isEqualTo("running");
    }

    String readLine() throws IOException {
        return output.readLine();
    }

    void signal(String name) throws IOException, InterruptedException {
        Signals.send(name, process.pid());
    }

    /** As ps calls it: R running, S sleeping, T stopped. */
    String state() throws IOException {
        String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
        return stat.substring(stat.lastIndexOf(')') + 2).substring(0, 1);
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
