/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.audit;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a trail stands.
 *
 * @param status the result
 * @param batches sealed batches that were checked and are as they were sealed
 * @param rows entries in them
 * @param unsealed entries after the last batch; their signatures were checked, but not whether any is missing
 * @param unsigned entries without a signature, from before the trail was signed
 * @param firstBatch the first batch that is whole: 1, or a later one if months before it are past their retention; 0 without
 *     batches
 * @param head the last batch, to be noted elsewhere; null without batches
 * @param finding what is wrong; null if nothing is
 */
public record AuditVerification(
        Status status,
        long batches,
        long rows,
        long unsealed,
        long unsigned,
        long firstBatch,
        @Nullable AuditHead head,
        @Nullable AuditFinding finding) {

    /** The result in a word. */
    public enum Status {
        /** Everything that is there is what was written, and nothing that was sealed is gone. */
        VERIFIED,
        /** It is not; the finding says where first. */
        BROKEN,
        /** There is no key to check it with: nothing is known. */
        UNSIGNED
    }

    /** What is wrong, if something is. */
    public Optional<AuditFinding> problem() {
        return Optional.ofNullable(finding);
    }
}
