/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.export;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ralph.ArtifactException;
import dev.ralph.RunId;
import dev.ralph.StoreException;
import dev.ralph.StoreUnavailableException;
import dev.ralph.internal.codec.ExportJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;

/** Writes lines and counts them. Not thread-safe. */
final class ExportLines {

    private final ExportJson json;
    private final Writer target;
    private long count;

    ExportLines(ExportJson json, Writer target) {
        this.json = json;
        this.target = target;
    }

    ExportJson json() {
        return json;
    }

    void add(ObjectNode object) {
        try {
            target.write(json.line(object));
        } catch (IOException e) {
            throw new UncheckedIOException("the export could not be written on", e);
        }
        count++;
    }

    /** Does it; if what it reads cannot be read, says so in a line. */
    void reading(String type, RunId run, Runnable work) {
        try {
            work.run();
        } catch (StoreUnavailableException e) {
            throw e;
        } catch (StoreException | ArtifactException e) {
            addUnreadable(json.object(type, run), e);
        }
    }

    void addUnreadable(ObjectNode object, RuntimeException why) {
        add(object.put("unreadable", String.valueOf(why.getMessage())));
    }

    /** Writes the last line, which says that it is one. Gives how many there were before it. */
    long finish() {
        try {
            target.write(json.line(json.end(count)));
            target.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("the export could not be written to its end", e);
        }
        return count;
    }
}
