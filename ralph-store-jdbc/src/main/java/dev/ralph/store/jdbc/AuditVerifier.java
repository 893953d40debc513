/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import dev.ralph.audit.AuditFinding;
import dev.ralph.audit.AuditFinding.Problem;
import dev.ralph.audit.AuditHead;
import dev.ralph.audit.AuditVerification;
import dev.ralph.audit.AuditVerification.Status;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks one trail from its beginning or a head that is known, batch by batch, up to the first that is broken. Used once, by one thread. */
final class AuditVerifier {

    private final AuditReads reads;
    private final AuditSigner signer;
    private final AuditForm form;
    private final @Nullable AuditHead since;
    private final @Nullable AuditHead expected;
    private List<AuditDrop> dropped = List.of();

    /** No entry lies between an id we looked from and this one. */
    private long nextThere = Long.MIN_VALUE;

    private @Nullable AuditSeal last;
    private boolean headSeen;
    private long batches;
    private long rows;
    private long unsealed;
    private long unsigned;
    private long firstBatch;

    AuditVerifier(
            AuditReads reads,
            AuditSigner signer,
            AuditForm form,
            @Nullable AuditHead since,
            @Nullable AuditHead expected) {
        this.reads = reads;
        this.signer = signer;
        this.form = form;
        this.since = since;
        this.expected = expected;
    }

    AuditVerification verify() {
        if (signer.keys().isEmpty()) {
            return new AuditVerification(Status.UNSIGNED, 0, 0, 0, 0, 0, null, null);
        }
        Optional<AuditFinding> finding =
                begin().or(this::batches).or(this::cutOff).or(this::tail);
        return new AuditVerification(
                finding.isPresent() ? Status.BROKEN : Status.VERIFIED,
                batches,
                rows,
                unsealed,
                unsigned,
                firstBatch,
                last == null ? null : last.head(),
                finding.orElse(null));
    }

    private Optional<AuditFinding> begin() {
        if (since == null) {
            return Optional.empty();
        }
        Optional<AuditSeal> seal = reads.sealsAfter(since.batch() - 1).stream()
                .findFirst()
                .filter(found -> found.head().equals(since) && signer.isGenuine(found));
        if (seal.isEmpty()) {
            return broken(Problem.CHAIN_CUT, since.batch(), "the trail does not have the seal to begin after");
        }
        last = seal.get();
        headSeen = since.equals(expected);
        return Optional.empty();
    }

    private Optional<AuditFinding> batches() {
        dropped = dropped();
        List<AuditSeal> part;
        do {
            part = reads.sealsAfter(last == null ? 0 : last.batch());
            for (AuditSeal seal : part) {
                Optional<AuditFinding> finding = chain(seal).or(() -> entries(seal));
                if (finding.isPresent()) {
                    return finding;
                }
                last = seal;
            }
        } while (!part.isEmpty());
        return Optional.empty();
    }

    /** Whether the seal is genuine and follows the one before it. */
    private Optional<AuditFinding> chain(AuditSeal seal) {
        long batch = last == null ? 1 : last.batch() + 1;
        if (seal.batch() != batch) {
            return broken(Problem.SEAL_MISSING, batch, "its seal is gone");
        }
        if (!signer.keys().knows(seal.keyId())) {
            return broken(
                    Problem.UNKNOWN_KEY,
                    batch,
                    "its seal was made with the key " + seal.keyId() + ", which is not among those configured");
        }
        if (!signer.isGenuine(seal)) {
            return broken(Problem.SEAL_CHANGED, batch, "its seal is not what was written");
        }
        if (!follows(seal)) {
            return broken(Problem.CHAIN_CUT, batch, "its seal does not follow that of the batch before");
        }
        if (expected != null && expected.batch() == batch) {
            headSeen = expected.mac().equals(seal.mac());
            if (!headSeen) {
                return broken(Problem.CHAIN_CUT, batch, "its seal is genuine, but not the one that was noted");
            }
        }
        return Optional.empty();
    }

    private boolean follows(AuditSeal seal) {
        return last == null
                ? seal.previous().isEmpty()
                : seal.previous().equals(last.mac())
                        && seal.firstId() == last.lastId() + 1
                        && seal.signedFrom() == last.signedFrom();
    }

    private Optional<AuditFinding> entries(AuditSeal seal) {
        if (isExcused(seal)) {
            return rest(seal);
        }
        Optional<Long> early = last == null ? reads.below(seal.firstId()) : Optional.empty();
        if (early.isPresent()) {
            return Optional.of(new AuditFinding(
                    Problem.ROW_INSERTED, 1L, early.get(), "batch 1: entry " + early.get() + " is before the first"));
        }
        AuditBatchCheck check = new AuditBatchCheck(reads, signer, seal);
        Optional<AuditFinding> finding = check.findings(seal.firstId() - 1, seal.lastId(), seal.signedFrom());
        if (finding.filter(found -> found.problem() == Problem.ROW_MISSING).isPresent()) {
            // Its month may have been dropped while we read.
            dropped = dropped();
            return isExcused(seal) ? rest(seal) : finding;
        }
        if (finding.isEmpty()) {
            batches++;
            rows += check.rows();
            unsigned += check.unsigned();
            firstBatch = firstBatch == 0 ? seal.batch() : firstBatch;
        }
        return finding;
    }

    private boolean isExcused(AuditSeal seal) {
        return dropped.stream().anyMatch(drop -> drop.excuses(seal));
    }

    /** A month that stayed, since somebody had changed it, lies among those that were dropped. */
    private Optional<AuditFinding> rest(AuditSeal seal) {
        if (nextThere < seal.firstId()) {
            nextThere = reads.firstFrom(seal.firstId()).orElse(Long.MAX_VALUE);
        }
        return nextThere > seal.lastId() ? Optional.empty() : AuditBatchCheck.findingsOfRest(reads, signer, seal);
    }

    private Optional<AuditFinding> cutOff() {
        return expected == null || headSeen
                ? Optional.empty()
                : broken(Problem.CHAIN_CUT, expected.batch(), "it was noted as sealed, and its seal is gone");
    }

    /** What came after the last batch. As long as nothing is sealed, entries from before there was a key may be unsigned. */
    private Optional<AuditFinding> tail() {
        AuditBatchCheck check = new AuditBatchCheck(reads, signer, null);
        Optional<AuditFinding> finding = check.findings(
                last == null ? Long.MIN_VALUE : last.lastId(),
                Long.MAX_VALUE,
                last == null ? Long.MAX_VALUE : last.signedFrom());
        unsealed = check.rows();
        unsigned += check.unsigned();
        return finding;
    }

    /** The months that were dropped past their retention, as signed entries of this trail, and no other, tell. */
    private List<AuditDrop> dropped() {
        String trail = reads.firstSeal().map(AuditSeal::mac).orElse("");
        return reads.dropped().stream()
                .map(StoredAudit.Row::stored)
                .filter(signer::isGenuine)
                .flatMap(stored ->
                        form.details(stored.details()).flatMap(details -> AuditDrop.of(stored, details)).stream())
                .filter(drop -> drop.trail().equals(trail))
                .toList();
    }

    private static Optional<AuditFinding> broken(Problem problem, long batch, String what) {
        return Optional.of(new AuditFinding(problem, batch, null, "batch " + batch + ": " + what));
    }
}
