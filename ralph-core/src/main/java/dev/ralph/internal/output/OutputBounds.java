/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.output;

import java.time.Duration;

/**
 * What keeping one output may take.
 *
 * @param bytes how much of it is kept, beside its end
 * @param heldUp how long whoever prints may be held up, in all
 * @param lastWrite how long the end of the attempt or gate may be held up
 */
record OutputBounds(long bytes, Duration heldUp, Duration lastWrite) {

    /**
     * Those of every run. Whoever prints is held up for less than is waited for the end of a dead process's output, so that
     * no result is missed because of it.
     */
    static OutputBounds of(long bytes) {
        return new OutputBounds(bytes, Duration.ofSeconds(2), Duration.ofSeconds(5));
    }
}
