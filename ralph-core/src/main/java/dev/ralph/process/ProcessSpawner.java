/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.process;

import dev.ralph.process.ProcessStartException.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Starts processes, all from one platform thread: the kernel ends a contained process with the thread that started it.
 * Thread-safe.
 */
final class ProcessSpawner implements AutoCloseable {

    private static final Duration OBSERVE_EVERY = Duration.ofMillis(200);
    private static final int BEATS_PER_KEEP_ALIVE = 4;
    private static final int CHECKS_PER_KEEP_ALIVE = 3;

    private final LauncherDirectory directory;
    private final HostTools tools;
    private final Duration keepAlive;
    private final NativeText nativeText = NativeText.ofThisJvm();
    /** Not from {@code Executors}: its single thread would end when the garbage collector takes its owner. */
    private final ThreadPoolExecutor launchThread = new ThreadPoolExecutor(
            1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), new DaemonThreads("ralph-process-launcher"));

    ProcessSpawner(LauncherDirectory directory, HostTools tools, Duration keepAlive) {
        this.directory = directory;
        this.tools = tools;
        this.keepAlive = keepAlive;
    }

    /**
     * Starts a process.
     *
     * @param leftovers how long what the command leaves behind gets between SIGTERM and SIGKILL
     */
    RunningProcess spawn(Isolation isolation, ProcessSpec spec, Duration leftovers) {
        List<String> command = CommandResolver.resolve(spec);
        nativeText.check(spec);
        String id = UUID.randomUUID().toString();
        try {
            ProcessFiles files = ProcessFiles.create(directory.root(), id, spec.input());
            try {
                return isolation.mechanism().supervised()
                        ? supervised(isolation, spec, command, id, files, leftovers)
                        : alone(isolation, spec, command, id, files);
            } catch (IOException | RuntimeException e) {
                files.delete();
                throw e;
            }
        } catch (IOException e) {
            throw new ProcessStartException(
                    Reason.OTHER, "Program " + command.get(0) + " could not be started: " + e.getMessage(), e);
        }
    }

    private RunningProcess supervised(
            Isolation isolation,
            ProcessSpec spec,
            List<String> command,
            String id,
            ProcessFiles files,
            Duration leftovers)
            throws IOException {
        String hostMarker = System.getenv(Environment.MARKER);
        // A host that is itself contained by another one passes that marker on, so that the other finds all of it.
        String marker = hostMarker == null ? id : hostMarker + ":" + id;
        List<String> line = new ArrayList<>(isolation.prefix());
        line.add(tool("sh"));
        line.add(directory.script().toString());
        line.add(files.folder().toString());
        line.add(isolation.scope());
        line.add(marker);
        line.add(Long.toString(Math.max(1, keepAlive.toSeconds() / CHECKS_PER_KEEP_ALIVE)));
        line.add(Long.toString(leftovers.toMillis() / 100));
        line.add(files.input().toString());
        line.add(isolation.ownSession() ? tool("setsid") : "");
        line.add(tool("sleep"));
        line.add(tool("grep"));
        line.add(tool("rm"));
        line.addAll(command);
        ProcessBuilder builder = builder(spec, line);
        if (hostMarker != null) {
            builder.environment().put(Environment.MARKER, hostMarker);
        }
        Process process = launch(builder);
        Survivors survivors =
                isolation.ownSession() ? new MarkedProcesses(id) : new ObservedProcesses(process.toHandle());
        Control control = new Control.Pipe(process.getOutputStream(), keepAlive.dividedBy(BEATS_PER_KEEP_ALIVE));
        return new RunningProcess(process, isolation, id, files, control, survivors);
    }

    private RunningProcess alone(
            Isolation isolation, ProcessSpec spec, List<String> command, String id, ProcessFiles files)
            throws IOException {
        ProcessBuilder builder =
                builder(spec, command).redirectInput(files.input().toFile());
        builder.environment().put(Environment.MARKER, id);
        Process process = launch(builder);
        files.unlinkInput();
        ObservedProcesses processes = new ObservedProcesses(process.toHandle());
        return new RunningProcess(
                process, isolation, id, files, new Control.Handles(processes, OBSERVE_EVERY), processes);
    }

    private static ProcessBuilder builder(ProcessSpec spec, List<String> line) {
        Path directory = spec.directory();
        ProcessBuilder builder = new ProcessBuilder(line).directory(directory.toFile());
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.putAll(spec.environment());
        environment.put("PWD", directory.toString());
        return builder;
    }

    private Process launch(ProcessBuilder builder) throws IOException {
        try {
            // An interrupt waits: the process may exist already, and is ended by whoever gets it.
            return CompletableFuture.supplyAsync(() -> start(builder), launchThread)
                    .join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof UncheckedIOException io) {
                throw io.getCause();
            }
            throw e;
        }
    }

    private static Process start(ProcessBuilder builder) {
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String tool(String name) {
        return tools.find(name).map(Path::toString).orElse("");
    }

    /** Ends the launching thread, and with it what was started by it and is still contained. */
    @Override
    public void close() {
        launchThread.shutdown();
    }
}
