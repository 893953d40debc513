/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.journal;

import dev.ralph.AttemptStatus;
import dev.ralph.IterationRecord;
import dev.ralph.RunId;
import dev.ralph.RunProgress;
import dev.ralph.RunStatus;
import dev.ralph.Verification;
import dev.ralph.spi.Claim;
import dev.ralph.spi.Lease;
import dev.ralph.spi.NewRun;
import dev.ralph.spi.Payload;
import dev.ralph.spi.RecordChange;
import dev.ralph.spi.RunUpdate;
import dev.ralph.spi.Step;
import dev.ralph.spi.Store;
import dev.ralph.spi.StoredEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs and steps for tests. */
final class Runs {

    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    static final Set<Integer> VERSIONS = Set.of(1);
    static final Duration TTL = Duration.ofSeconds(15);

    private Runs() {}

    static NewRun newRun(@Nullable String taskId) {
        RunId id = RunId.create(NOW);
        return new NewRun(
                id,
                taskId,
                null,
                null,
                Map.of(),
                List.of("command"),
                payload("spec"),
                payload("state 0"),
                event(1),
                NOW,
                Duration.ZERO);
    }

    static Lease claim(Store store, RunId run, String node) {
        Claim claim = store.claim(run, node, TTL, VERSIONS);
        if (claim instanceof Claim.Granted granted) {
            return granted.lease();
        }
        throw new AssertionError("not granted but " + claim);
    }

    /** Commits the step that follows version {@code version} and records iteration {@code version + 1}. */
    static void step(Store store, Lease lease, int version) {
        store.commit(lease, stepAfter(version));
    }

    static Step stepAfter(int version) {
        int next = version + 1;
        return new Step(
                version,
                payload("state " + next),
                new RunUpdate(RunStatus.RUNNING, null, Verification.NONE, null, RunProgress.NONE, NOW, NOW, null, null),
                List.of(new RecordChange.AddIteration(new IterationRecord(
                        next, 1, "command", AttemptStatus.SUCCEEDED, false, true, false, NOW, NOW, "output " + next))),
                List.of(event(next + 1)),
                0,
                List.of(),
                false);
    }

    private static StoredEvent event(long seq) {
        return new StoredEvent(seq, "test.event", NOW, payload("event " + seq));
    }

    private static Payload payload(String text) {
        return new Payload(1, text.getBytes(StandardCharsets.UTF_8));
    }
}
