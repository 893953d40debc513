/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;

/** Another JVM that runs {@link OtherJvmMain}. */
final class OtherJvm implements AutoCloseable {

    private final Process process;
    private final BufferedReader output;

    private OtherJvm(Process process) {
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
    }

    static OtherJvm start(String... arguments) throws IOException {
        return start(List.of(), Map.of(), classPath(), arguments);
    }

    /**
     * Starts one.
     *
     * @param before what comes before {@code java} on the command line
     * @param environment what is different in its environment
     */
    static OtherJvm start(List<String> before, Map<String, String> environment, String classPath, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(before);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xshare:auto", "-XX:TieredStopAtLevel=1", "-cp", classPath));
        command.add(OtherJvmMain.class.getName());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(environment);
        return new OtherJvm(builder.start());
    }

    /** Works on class path and module path alike. */
    static String classPath() {
        return locations().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    static Stream<Path> locations() {
        return Stream.of(Workspace.class, OtherJvmMain.class, Logger.class)
                .map(type -> Path.of(
                        type.getProtectionDomain().getCodeSource().getLocation().getPath()))
                .distinct();
    }

    long pid() {
        return process.pid();
    }

    String readLine() throws IOException {
        return String.valueOf(output.readLine());
    }

    /** Ends it as {@code kill -9} does and waits until it is gone. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    void endInput() throws IOException {
        process.getOutputStream().close();
    }

    int awaitExit() throws InterruptedException {
        return process.waitFor();
    }

    @Override
    public void close() {
        kill();
    }
}
