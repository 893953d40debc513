/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.export;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ralph.ArtifactException;
import dev.ralph.OutputPart;
import dev.ralph.OutputRecord;
import dev.ralph.RunId;
import dev.ralph.RunOutput;
import dev.ralph.StoreException;
import dev.ralph.StoreUnavailableException;
import dev.ralph.internal.output.Outputs;
import dev.ralph.process.OutputChannel;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The text of a run's full outputs, in pieces. Not thread-safe. */
final class OutputExport {

    private static final int PIECE = 32 * 1024;

    private final RunId run;
    private final Outputs outputs;
    private final ExportLines lines;

    OutputExport(RunId run, Outputs outputs, ExportLines lines) {
        this.run = run;
        this.outputs = outputs;
        this.lines = lines;
    }

    void write(OutputRecord record, String reference) {
        try {
            Optional<RunOutput> opened = outputs.open(run, record);
            if (opened.isEmpty()) {
                lines.add(line(reference).put("unreadable", "it is not in an artifact store of this node"));
                return;
            }
            try (RunOutput output = opened.get()) {
                copy(output, reference);
            }
        } catch (StoreUnavailableException e) {
            throw e;
        } catch (StoreException | ArtifactException e) {
            lines.addUnreadable(line(reference), e);
        }
    }

    private void copy(RunOutput output, String reference) {
        StringBuilder text = new StringBuilder();
        @Nullable OutputChannel channel = null;
        for (OutputPart part = output.next(); part != null; part = output.next()) {
            boolean goesOn = part instanceof OutputPart.Printed printed
                    && printed.channel() == channel
                    && text.length() + printed.text().length() <= PIECE;
            if (!goesOn) {
                flush(text, channel, reference);
            }
            if (part instanceof OutputPart.Printed printed) {
                channel = printed.channel();
                text.append(printed.text());
            } else if (part instanceof OutputPart.Missing missing) {
                lines.add(line(reference).put("missingBytes", missing.bytes()));
            }
        }
        flush(text, channel, reference);
    }

    private void flush(StringBuilder text, @Nullable OutputChannel channel, String reference) {
        if (channel != null && !text.isEmpty()) {
            lines.add(line(reference)
                    .put("channel", channel.name().toLowerCase(Locale.ROOT))
                    .put("text", text.toString()));
            text.setLength(0);
        }
    }

    private ObjectNode line(String reference) {
        return lines.json().object("output", run).put("reference", reference);
    }
}
