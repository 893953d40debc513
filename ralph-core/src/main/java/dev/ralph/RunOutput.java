/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * The full output of one attempt or gate, read from beginning to end without holding it in memory. Lines of both channels
 * come in the order in which their ends were printed, as far as that can be told from two pipes. Not thread-safe; close it.
 */
public interface RunOutput extends AutoCloseable {

    /** What the record says of it: how much was printed, and whether some of it is missing here. */
    OutputRecord record();

    /**
     * The next part, or null at the end. Blocks while it is read.
     *
     * @throws ArtifactException if it cannot be read on, because it is damaged, was deleted, or the artifact store fails
     */
    @Nullable OutputPart next();

    /**
     * Copies the rest as text, whichever channel it is from, with a line {@code [… 123 bytes are missing here]} where
     * something is missing. It is what a program printed: a terminal needs its control characters taken out.
     *
     * @throws ArtifactException as {@link #next}
     * @throws UncheckedIOException if the target cannot be written
     */
    default void copyTo(Appendable target) {
        boolean lineEnded = true;
        try {
            for (OutputPart part = next(); part != null; part = next()) {
                if (part instanceof OutputPart.Printed printed) {
                    target.append(printed.text());
                    lineEnded = printed.text().endsWith("\n");
                } else if (part instanceof OutputPart.Missing missing) {
                    target.append(lineEnded ? "" : "\n")
                            .append("[… ")
                            .append(Long.toString(missing.bytes()))
                            .append(" bytes are missing here]\n");
                    lineEnded = true;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the output could not be copied on", e);
        }
    }

    @Override
    void close();
}
