/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import dev.ralph.audit.AuditFinding;
import dev.ralph.audit.AuditFinding.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks at the entries of one batch, or at those after the last, and says what is wrong first. Used once, by one thread. */
final class AuditBatchCheck {

    private final AuditReads reads;
    private final AuditSigner signer;
    private final @Nullable AuditSeal seal;
    private final AuditSigner.Digest digest;
    private long rows;
    private long unsigned;
    private @Nullable Long copy;
    private @Nullable AuditFinding forged;

    /**
     * Prepares.
     *
     * @param seal of the batch; null for the entries after the last one
     */
    AuditBatchCheck(AuditReads reads, AuditSigner signer, @Nullable AuditSeal seal) {
        this.reads = reads;
        this.signer = signer;
        this.seal = seal;
        this.digest = signer.digest();
    }

    /** Entries seen. */
    long rows() {
        return rows;
    }

    /** Those of them that have no signature and need none. */
    long unsigned() {
        return unsigned;
    }

    /**
     * Reads the entries whose ids are in a range.
     *
     * @param signedFrom entries from this id on must have a signature
     */
    Optional<AuditFinding> findings(long after, long through, long signedFrom) {
        read(after, through, signedFrom);
        return verdict();
    }

    /** What is left of a sealed batch that lost entries with their month, which may be all or none of it. */
    static Optional<AuditFinding> findingsOfRest(AuditReads reads, AuditSigner signer, AuditSeal seal) {
        AuditBatchCheck check = new AuditBatchCheck(reads, signer, seal);
        check.read(seal.firstId() - 1, seal.lastId(), seal.signedFrom());
        return check.rows < seal.rows() ? check.notGenuine() : check.verdict();
    }

    private void read(long after, long through, long signedFrom) {
        long position = after;
        Instant time = StoredTime.LAST;
        List<StoredAudit.Row> part;
        do {
            part = reads.rows(position, time, through);
            long from = position;
            for (StoredAudit.Row row : part) {
                look(row, signedFrom);
                position = row.id();
                time = row.stored().at();
            }
            if (copy == null && !part.isEmpty()) {
                copy = reads.copyIn(part, from).orElse(null);
            }
        } while (!part.isEmpty());
    }

    private void look(StoredAudit.Row row, long signedFrom) {
        rows++;
        digest.add(row);
        StoredAudit stored = row.stored();
        if (stored.mac() == null && row.id() < signedFrom) {
            unsigned++;
        } else if (forged == null && !signer.isGenuine(stored)) {
            forged = forged(row);
        }
    }

    private AuditFinding forged(StoredAudit.Row row) {
        String key = row.stored().keyId();
        if (row.stored().mac() == null) {
            return found(Problem.ROW_UNSIGNED, row.id(), "entry " + row.id() + " has no signature");
        }
        if (key != null && !signer.keys().knows(key)) {
            return found(
                    Problem.UNKNOWN_KEY,
                    row.id(),
                    "entry " + row.id() + " is signed with the key " + key + ", which is not among those configured");
        }
        return found(Problem.ROW_CHANGED, row.id(), "entry " + row.id() + " is not what its node wrote");
    }

    private Optional<AuditFinding> verdict() {
        if (copy != null) {
            return Optional.of(found(Problem.ROW_DUPLICATED, copy, "entry " + copy + " is a copy of an earlier one"));
        }
        if (seal != null && rows != seal.rows()) {
            Problem problem = rows > seal.rows() ? Problem.ROW_INSERTED : Problem.ROW_MISSING;
            return Optional.of(found(
                    problem,
                    problem == Problem.ROW_INSERTED && forged != null ? forged.number() : null,
                    "it was sealed with " + seal.rows() + " entries and has " + rows));
        }
        if (forged != null) {
            return Optional.of(forged);
        }
        if (seal != null && !digest.done().equals(seal.digest())) {
            return Optional.of(found(
                    Problem.ROWS_SWAPPED, null, "its entries are genuine, but not those, or not in the order, sealed"));
        }
        return Optional.empty();
    }

    private Optional<AuditFinding> notGenuine() {
        return copy == null ? Optional.ofNullable(forged) : verdict();
    }

    private AuditFinding found(Problem problem, @Nullable Long number, String what) {
        return seal == null
                ? new AuditFinding(problem, null, number, "after the last sealed batch: " + what)
                : new AuditFinding(problem, seal.batch(), number, "batch " + seal.batch() + ": " + what);
    }
}
