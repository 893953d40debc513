/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import dev.ralph.InvalidValueException;
import dev.ralph.RunId;
import dev.ralph.WorkspaceException;
import dev.ralph.WorkspaceException.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The file beside a clone that says that it is whole. It is written last, at once or not at all, and deleted first: a clone
 * without it died half-made.
 *
 * @param run whose clone it is
 * @param place the clone's own name, new for every clone
 * @param published the last commit that the remote is known to have, or empty
 * @param content what is known of the rest
 */
record CloneMarker(RunId run, String place, String published, Content content) {

    private static final int MAX_BYTES = 1024;

    /** Whether anybody could miss the clone. */
    enum Content {
        /** The remote has all that was recorded. */
        PUBLISHED,
        /** It has edits of an iteration that could not be published yet. */
        UNPUBLISHED,
        /** The run has ended, and it has edits that are nowhere else. */
        KEPT
    }

    /** Reads it; empty if there is none, or none that can be read. */
    static Optional<CloneMarker> read(Path file) {
        try {
            List<String> lines = new String(ShortFiles.read(file, MAX_BYTES), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return lines.size() == 4
                    ? Optional.of(new CloneMarker(
                            RunId.parse(lines.get(0)), lines.get(1), lines.get(2), Content.valueOf(lines.get(3))))
                    : Optional.empty();
        } catch (IOException | IllegalArgumentException | InvalidValueException e) {
            return Optional.empty();
        }
    }

    CloneMarker with(Content known) {
        return new CloneMarker(run, place, published, known);
    }

    void write(Path file) {
        PrivateFiles.write(file, run + "\n" + place + "\n" + published + "\n" + content + "\n");
    }

    static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new WorkspaceException(
                    Problem.IO, "The file " + file + " cannot be deleted (" + e + "). Check permissions.", e);
        }
    }
}
