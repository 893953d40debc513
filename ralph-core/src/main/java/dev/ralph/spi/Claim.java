/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spi;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Answer to {@link Store#claim}. */
public sealed interface Claim {

    /**
     * The run is ours.
     *
     * @param lease what every write shows
     * @param run the row as it stands after the claim
     * @param at the store's time of the claim
     * @param lapsed until when the owner before held it, if that owner let its lease run out; null if it released it
     * @param lapses how many owners in a row, the one before included, let their leases run out without a step; 0 if
     *     {@code lapsed} is null
     */
    record Granted(
            Lease lease,
            StoredRun run,
            Instant at,
            @Nullable Instant lapsed,
            int lapses) implements Claim {}

    /** Another node holds it. */
    record Held(String owner, Instant until) implements Claim {}

    /** It has ended. */
    record Over(StoredRun run) implements Claim {}

    /** Its state was written by a newer version of Ralph than this node knows. */
    record UnknownVersion(int version) implements Claim {}

    /** There is no such run. */
    record NotFound() implements Claim {}
}
