/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts processes in the strongest containment the host has. Make one and keep it: making it tries mechanisms out, which
 * takes some tens of milliseconds. Thread-safe.
 */
public final class ProcessLauncher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessLauncher.class);

    private static final Duration LEFTOVERS = Duration.ofSeconds(1);

    private final LauncherDirectory directory;
    private final ProcessStarter starter;
    private final Isolation isolation;
    private final ContainmentReport report;
    private final Set<ContainedProcess> live = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    ProcessLauncher(LauncherDirectory directory, ProcessStarter starter, ContainmentProbe.Finding finding) {
        this.directory = directory;
        this.starter = starter;
        this.isolation = finding.isolation();
        this.report = finding.report();
    }

    /**
     * A launcher with the strongest containment that works here.
     *
     * @throws java.io.UncheckedIOException if the folder for temporary files cannot be written
     */
    public static ProcessLauncher create() {
        return builder().build();
    }

    public static ProcessLauncherBuilder builder() {
        return new ProcessLauncherBuilder();
    }

    /**
     * Finds the program a specification names, without starting it.
     *
     * @return its absolute path
     * @throws ProcessStartException if it is missing or not executable, or the directory or input file is
     */
    public Path locate(ProcessSpec spec) {
        return Path.of(CommandResolver.resolve(spec).get(0));
    }

    /**
     * A folder for files that a process is to read or write: only this user can look into it. Who puts something there
     * removes it; what is left is removed when this launcher is closed or, if the JVM is killed, by the next launcher on
     * this host.
     */
    public Path privateFolder() {
        return directory.files();
    }

    /** What it uses to contain processes, and why. */
    public ContainmentReport containment() {
        return report;
    }

    /**
     * Starts a process. Blocks until its supervisor is up, which takes milliseconds, and 20 seconds at most; an interrupt
     * does not cut that short but is seen by {@link ContainedProcess#await}.
     *
     * @param listener told what the process prints; see there for the threads
     * @throws ProcessStartException if it cannot be started; nothing is left running
     * @throws IllegalStateException if this launcher is closed
     */
    public ContainedProcess start(ProcessSpec spec, ProcessListener listener) {
        ensureOpen();
        ContainedProcess process = starter.start(isolation, spec, listener, LEFTOVERS);
        live.removeIf(ContainedProcess::over);
        live.add(process);
        if (closed) {
            process.kill(StopCause.SHUTDOWN);
            process.awaitEnd();
            ensureOpen();
        }
        LOG.debug("Started {}", process);
        return process;
    }

    private void ensureOpen() {
        if (closed) {
            throw new IllegalStateException("This launcher is closed; make another one");
        }
    }

    /** Kills everything it started and waits, about a second at most, until it is gone. Idempotent. */
    @Override
    public void close() {
        closed = true;
        List<ContainedProcess> processes = List.copyOf(live);
        processes.forEach(process -> process.kill(StopCause.SHUTDOWN));
        processes.forEach(ContainedProcess::awaitEnd);
        starter.close();
        directory.close();
    }
}
