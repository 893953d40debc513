/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.audit;

import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a trail, where it is wrong first.
 *
 * @param problem what
 * @param batch the number of the broken batch; null for an entry that is not sealed yet
 * @param number the number of the entry, or null if it is not one entry, or not known which
 * @param message the same in words; without content and without who did what
 */
public record AuditFinding(
        Problem problem, @Nullable Long batch, @Nullable Long number, String message) {

    /** What can be wrong. */
    public enum Problem {
        /** An entry is not what its node wrote, or nobody with a key wrote it. */
        ROW_CHANGED,
        /** Entries of a batch are gone. */
        ROW_MISSING,
        /** A batch has more entries than were sealed. */
        ROW_INSERTED,
        /** An entry is there twice. */
        ROW_DUPLICATED,
        /** An entry has no signature, though its trail is signed. */
        ROW_UNSIGNED,
        /** All entries of a batch are genuine, but they are not those, or not in the order, that were sealed. */
        ROWS_SWAPPED,
        /** A seal is not what was written. */
        SEAL_CHANGED,
        /** A seal is gone. */
        SEAL_MISSING,
        /** A seal does not follow the one before it, or the trail does not have the head that was noted. */
        CHAIN_CUT,
        /** Something is signed with a key that is not configured. */
        UNKNOWN_KEY
    }
}
