/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.export;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ralph.AttemptRecord;
import dev.ralph.CheckpointRecord;
import dev.ralph.GateRecord;
import dev.ralph.IterationRecord;
import dev.ralph.OutputRecord;
import dev.ralph.RunId;
import dev.ralph.RunSnapshot;
import dev.ralph.StoreException;
import dev.ralph.StoreUnavailableException;
import dev.ralph.internal.codec.ExportJson;
import dev.ralph.internal.codec.RunCodec;
import dev.ralph.internal.output.Outputs;
import dev.ralph.spi.Store;
import dev.ralph.spi.StoredCommand;
import dev.ralph.spi.StoredEvent;
import dev.ralph.spi.StoredRun;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Everything recorded of one run. Not thread-safe. */
final class RunExport {

    private static final int PAGE = 100;
    private static final String ITERATION = "iteration";
    private static final String ATTEMPT = "attempt";
    private static final String GATE = "gate";
    private static final String EVENT = "event";

    private final RunId run;
    private final RunSnapshot snapshot;
    private final Store store;
    private final RunCodec codec;
    private final ExportLines lines;
    private final ExportJson json;
    private final OutputExport outputs;

    RunExport(RunSnapshot snapshot, Store store, RunCodec codec, Outputs outputs, ExportLines lines) {
        this.run = snapshot.id();
        this.snapshot = snapshot;
        this.store = store;
        this.codec = codec;
        this.lines = lines;
        this.json = lines.json();
        this.outputs = new OutputExport(run, outputs, lines);
    }

    void write() {
        long lastEvent = writeRun();
        paged(
                ITERATION,
                snapshot.progress().iterations(),
                (after, max) -> store.iterations(run, Math.toIntExact(after), max),
                IterationRecord::iteration,
                this::write);
        writeAttempts(snapshot.progress().iterations() + 1);
        lines.reading(GATE, run, () -> store.gates(run).forEach(this::write));
        lines.reading("checkpoint", run, () -> store.checkpoints(run).forEach(this::write));
        lines.reading("command", run, () -> store.commands(run, 0).forEach(this::write));
        paged(EVENT, lastEvent, (after, max) -> store.events(run, after, max), StoredEvent::seq, this::write);
    }

    /** Writes the row and the spec. Gives the number of the last event, 0 if it cannot be read. */
    private long writeRun() {
        ObjectNode line = json.object("run", run, snapshot);
        Optional<StoredRun> stored = Optional.empty();
        try {
            stored = store.find(run);
            stored.ifPresent(found -> json.with(line, "spec", codec.spec(found.spec())));
            lines.add(line);
        } catch (StoreUnavailableException e) {
            throw e;
        } catch (StoreException e) {
            lines.addUnreadable(line, e);
        }
        return stored.map(StoredRun::lastEvent).orElse(0L);
    }

    private void write(IterationRecord iteration) {
        lines.add(json.object(ITERATION, run, iteration));
        writeAttempts(iteration.iteration());
    }

    private void writeAttempts(int iteration) {
        lines.reading(ATTEMPT, run, () -> store.attempts(run, iteration).forEach(this::write));
    }

    private void write(AttemptRecord attempt) {
        lines.add(json.object(ATTEMPT, run, attempt));
        writeOutput(attempt.output());
    }

    private void write(GateRecord gate) {
        lines.add(json.object(GATE, run, gate));
        writeOutput(gate.output());
    }

    private void writeOutput(@Nullable OutputRecord output) {
        if (output != null && output.reference() != null) {
            outputs.write(output, output.reference());
        }
    }

    private void write(CheckpointRecord checkpoint) {
        lines.add(json.object("checkpoint", run, checkpoint));
    }

    private void write(StoredCommand command) {
        lines.add(json.command(run, command));
    }

    private void write(StoredEvent event) {
        lines.reading(EVENT, run, () -> lines.add(json.event(run, event)));
    }

    private interface Reader<T> {
        List<T> after(long number, int max);
    }

    /**
     * Writes numbered rows by pages. A page that cannot be read is read row by row, so that what can be read of it is.
     *
     * @param last the number of the last row, as far as it is known
     */
    private <T> void paged(String type, long last, Reader<T> reader, ToLongFunction<T> number, Consumer<T> write) {
        long at = 0;
        int max = PAGE;
        while (true) {
            List<T> page;
            try {
                page = reader.after(at, max);
            } catch (StoreUnavailableException e) {
                throw e;
            } catch (StoreException e) {
                if (max > 1) {
                    max = 1;
                    continue;
                }
                at++;
                lines.addUnreadable(json.object(type, run).put("number", at), e);
                if (at >= last) {
                    return;
                }
                continue;
            }
            if (page.isEmpty()) {
                return;
            }
            page.forEach(write);
            at = number.applyAsLong(page.get(page.size() - 1));
            max = at % PAGE == 0 ? PAGE : max;
        }
    }
}
