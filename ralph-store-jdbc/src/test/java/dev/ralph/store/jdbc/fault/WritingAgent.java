/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc.fault;

import dev.ralph.AgentRef;
import dev.ralph.Cost;
import dev.ralph.Usage;
import dev.ralph.spi.AgentAdapter;
import dev.ralph.spi.AgentInvocation;
import dev.ralph.spi.AgentListener;
import dev.ralph.spi.AgentOutcome;
import dev.ralph.spi.AgentProbe;
import dev.ralph.spi.UsageReport;
import dev.ralph.spi.UsageReporting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Leaves the same marks as {@link Arena}'s script, from within the node; or kills its node, if the run says so. */
record WritingAgent(Path folder, String node) implements AgentAdapter {

    private static final String ID = "writing";
    private static final String MILLIS = "millis";
    private static final String POISON = "poison";

    /** One that takes so long. */
    static AgentRef taking(Duration time) {
        return new AgentRef(ID, Map.of(MILLIS, Long.toString(time.toMillis())));
    }

    /** One that kills its node as long as a file of this name is in the folder. */
    static AgentRef killingWhile(String file) {
        return new AgentRef(ID, Map.of(POISON, file));
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public UsageReporting usageReporting() {
        return UsageReporting.FINAL;
    }

    @Override
    public AgentProbe probe() {
        return AgentProbe.ready(null);
    }

    @Override
    public AgentOutcome invoke(AgentInvocation invocation, AgentListener listener) throws InterruptedException {
        Object poison = invocation.settings().get(POISON);
        if (poison != null && Files.exists(folder.resolve(poison.toString()))) {
            Runtime.getRuntime().halt(1);
        }
        String task = String.valueOf(invocation.workspace().getFileName());
        try (FileChannel file =
                FileChannel.open(folder.resolve(task + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            if (lock(file) == null) {
                mark("overlap", task, invocation);
            }
            mark("begin", task, invocation);
            TimeUnit.MILLISECONDS.sleep(Long.parseLong(
                    invocation.settings().getOrDefault(MILLIS, "0").toString()));
            append(invocation.workspace().resolve("work"), invocation.iteration() + " " + invocation.attempt());
            mark("end", task, invocation);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new AgentOutcome.Finished(
                "LOOP_COMPLETE",
                false,
                new UsageReport(new Usage(10, 5, 0, 0), Cost.billed(new BigDecimal(Arena.BILLED))));
    }

    private static @Nullable FileLock lock(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private void mark(String what, String task, AgentInvocation invocation) throws IOException {
        Instant now = Instant.now();
        long nanos = TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
        append(
                folder.resolve(task + Arena.MARKS),
                "%s %d %d %s %d".formatted(what, invocation.iteration(), invocation.attempt(), node, nanos));
    }

    private static void append(Path file, String line) throws IOException {
        Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
