/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.journal;

import java.time.Instant;
import java.time.InstantSource;

/** The time of the call that is made or made again. Set and read under the lock of the store. */
final class SettableClock implements InstantSource {

    private Instant now = Instant.EPOCH;

    void set(Instant instant) {
        now = instant;
    }

    @Override
    public Instant instant() {
        return now;
    }
}
