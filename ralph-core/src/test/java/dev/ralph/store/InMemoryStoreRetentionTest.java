/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ralph.InvalidValueException;
import dev.ralph.LeaseLostException;
import dev.ralph.RunId;
import dev.ralph.RunProgress;
import dev.ralph.RunQuery;
import dev.ralph.RunSnapshot;
import dev.ralph.RunStatus;
import dev.ralph.StopReason;
import dev.ralph.Verification;
import dev.ralph.spi.Claim;
import dev.ralph.spi.Lease;
import dev.ralph.spi.NewRun;
import dev.ralph.spi.Payload;
import dev.ralph.spi.RunUpdate;
import dev.ralph.spi.Step;
import dev.ralph.spi.StoredEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InMemoryStoreRetentionTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Payload PAYLOAD = new Payload(1, new byte[] {1});

    private final InMemoryStore store = new InMemoryStore(() -> NOW, 2);

    @Test
    void theRunsThatEndedLastAreKept() {
        RunId oldest = create("task-1");
        RunId first = create("task-2");
        RunId second = create("task-3");

        end(first);
        end(second);
        end(oldest);

        assertThat(store.find(first)).isEmpty();
        assertThat(store.events(first, 0, 10)).isEmpty();
        assertThat(store.findByTask("task-2")).isEmpty();
        assertThat(store.find(second)).isPresent();
        assertThat(store.find(oldest)).isPresent();
        assertThat(store.list(RunQuery.NEWEST).items())
                .extracting(RunSnapshot::id)
                .containsExactlyInAnyOrder(oldest, second);
    }

    @Test
    void runsThatHaveNotEndedAreNeverForgotten() {
        RunId queued = create("queued");
        RunId held = create("held");
        claim(held);
        for (int i = 0; i < 20; i++) {
            end(create("task-" + i));
        }

        assertThat(store.find(queued)).isPresent();
        assertThat(store.find(held)).isPresent();
        assertThat(store.list(RunQuery.NEWEST).items()).hasSize(4);
    }

    @Test
    void theTaskIdOfAForgottenRunIsFree() {
        RunId first = create("task");
        end(first);
        end(create("other-1"));
        end(create("other-2"));

        RunId again = create("task");

        assertThat(again).isNotEqualTo(first);
        assertThat(store.findByTask("task").orElseThrow().snapshot().status()).isEqualTo(RunStatus.QUEUED);
    }

    @Test
    void runsWithoutATaskIdAreForgottenToo() {
        RunId first = create(null);
        end(first);
        end(create(null));
        end(create(null));

        assertThat(store.find(first)).isEmpty();
    }

    @Test
    void aForgottenRunIsNobodys() {
        RunId first = create("task");
        Lease lease = end(first);
        end(create("other-1"));
        end(create("other-2"));

        assertThat(store.claim(first, "node", Duration.ofHours(1), Set.of(1))).isEqualTo(new Claim.NotFound());
        assertThat(store.renew(List.of(lease), Duration.ofHours(1))).isEmpty();
        assertThatExceptionOfType(LeaseLostException.class).isThrownBy(() -> store.commit(lease, ending(0)));
    }

    @Test
    void aCursorOfAForgottenRunStillSaysWhereToGoOn() {
        RunId older = create("older");
        RunId newer = create("newer", NOW.plusSeconds(1));
        String cursor = store.list(RunQuery.NEWEST.withLimit(1)).next();
        end(newer);
        end(create("other-1"));
        end(create("other-2"));
        assertThat(store.find(newer)).isEmpty();

        assertThat(store.list(RunQuery.NEWEST.withStatuses(RunStatus.QUEUED).withAfter(cursor))
                        .items())
                .extracting(RunSnapshot::id)
                .containsExactly(older);
    }

    @Test
    void aRepeatedLastStepForgetsNothing() {
        RunId first = create("first");
        Lease lease = end(first);
        end(create("second"));

        store.commit(lease, ending(0));
        store.commit(lease, ending(0));

        assertThat(store.list(RunQuery.NEWEST).items()).hasSize(2);
    }

    @Test
    void atLeastOneEndedRunIsKept() {
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> new InMemoryStore(() -> NOW, 0))
                .withMessage("endedRuns '0' must be 1 or more");
    }

    private RunId create(@Nullable String taskId) {
        return create(taskId, NOW);
    }

    private RunId create(@Nullable String taskId, Instant at) {
        NewRun run = new NewRun(
                RunId.create(at),
                taskId,
                null,
                null,
                Map.of(),
                List.of(),
                PAYLOAD,
                PAYLOAD,
                new StoredEvent(1, "submitted", at, PAYLOAD),
                at,
                Duration.ZERO);
        assertThat(store.create(run).created()).isTrue();
        return run.id();
    }

    private Lease claim(RunId run) {
        Claim claim = store.claim(run, "node", Duration.ofHours(1), Set.of(1));
        assertThat(claim).isInstanceOf(Claim.Granted.class);
        return ((Claim.Granted) claim).lease();
    }

    private Lease end(RunId run) {
        Lease lease = claim(run);
        store.commit(lease, ending(0));
        return lease;
    }

    private static Step ending(long version) {
        RunUpdate update = new RunUpdate(
                RunStatus.STOPPED,
                StopReason.CANCELLED,
                Verification.NONE,
                null,
                RunProgress.NONE,
                NOW,
                NOW,
                NOW,
                null);
        return new Step(version, PAYLOAD, update, List.of(), List.of(), 0, List.of(), true);
    }
}
