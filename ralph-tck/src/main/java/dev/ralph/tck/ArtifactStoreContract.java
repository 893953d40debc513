/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ralph.ArtifactException;
import dev.ralph.RunId;
import dev.ralph.spi.ArtifactId;
import dev.ralph.spi.ArtifactId.Kind;
import dev.ralph.spi.ArtifactStore;
import dev.ralph.spi.ArtifactWriter;
import dev.ralph.spi.StoredArtifact;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every {@link ArtifactStore} must do. Extend it in the tests of a store and say how to open it:
 *
 * <pre>{@code
 * class MyArtifactsContractTest extends ArtifactStoreContract {
 *
 *     @Override
 *     protected ArtifactStore open() {
 *         return new MyArtifacts(bucket);
 *     }
 * }
 * }</pre>
 *
 * <p>Every test opens the store anew, without a retention that is shorter than a test, and closes it. Runs are new in every
 * test, so the data may stay from test to test, or go; one test purges everything in the store.
 */
@Timeout(120)
public abstract class ArtifactStoreContract {

    private static final int LARGE = 48_000_000;
    private static final long HEAP = 16_000_000;

    private ArtifactStore store;
    private ArtifactStore other;
    private RunId run;

    /** For those who extend this class. */
    protected ArtifactStoreContract() {}

    /** Opens the store. */
    protected abstract ArtifactStore open() throws Exception;

    /**
     * Opens the same data a second time, as another node would that sees it while {@code first} is open. By default it is
     * the same object.
     */
    protected ArtifactStore openAgain(ArtifactStore first) throws Exception {
        return first;
    }

    @BeforeEach
    final void openStores() throws Exception {
        store = open();
        other = openAgain(store);
        run = newRun();
    }

    @AfterEach
    final void closeStores() {
        other.close();
        store.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8_191, 65_537, 3_000_000})
    final void anArtifactComesBackByteForByte(int length) throws Exception {
        byte[] bytes = bytes(length);
        try (ArtifactWriter writer = store.create(attempt(1))) {
            for (int at = 0; at < length; ) {
                int count = Math.min(length - at, 1 + at % 70_001);
                writer.write(bytes, at, count);
                at += count;
            }
            writer.commit();
        }

        assertThat(read(attempt(1))).isEqualTo(bytes);
    }

    @Test
    final void whoeverWritesMayUseTheArrayAgain() throws Exception {
        byte[] reused = new byte[1_000];
        try (ArtifactWriter writer = store.create(attempt(1))) {
            for (byte value = 0; value < 100; value++) {
                Arrays.fill(reused, value);
                writer.write(reused, 0, reused.length);
            }
            writer.commit();
        }

        byte[] stored = read(attempt(1));
        assertThat(IntStream.range(0, stored.length).allMatch(at -> stored[at] == at / 1_000))
                .as("each part is what it was when it was written")
                .isTrue();
    }

    @Test
    final void nobodySeesAnArtifactBeforeItIsCommitted() throws Exception {
        try (ArtifactWriter writer = store.create(attempt(1))) {
            writer.write(bytes(200_000), 0, 200_000);

            assertThat(store.open(attempt(1))).isEmpty();
            assertThat(other.open(attempt(1))).isEmpty();
            assertThat(other.list(run)).isEmpty();
            writer.commit();
        }

        assertThat(read(attempt(1))).hasSize(200_000);
    }

    @Test
    final void whatIsNotCommittedIsDroppedAndItsNameIsFree() throws Exception {
        try (ArtifactWriter writer = store.create(attempt(1))) {
            writer.write(bytes(200_000), 0, 200_000);
        }

        assertThat(store.open(attempt(1))).isEmpty();
        assertThat(store.list(run)).isEmpty();
        write(attempt(1), new byte[] {1});
        assertThat(read(attempt(1))).containsExactly(1);
    }

    @Test
    final void anArtifactIsNeverWrittenOver() throws Exception {
        write(attempt(1), new byte[] {1});

        refused(() -> write(attempt(1), new byte[] {2}));

        assertThat(read(attempt(1))).containsExactly(1);
        assertThat(store.list(run)).hasSize(1);
    }

    @Test
    final void ofTwoThatWriteUnderOneNameTheFirstToCommitStands() throws Exception {
        try (ArtifactWriter first = store.create(attempt(1))) {
            first.write(new byte[] {1}, 0, 1);
            refused(() -> {
                try (ArtifactWriter second = other.create(attempt(1))) {
                    second.write(new byte[] {2}, 0, 1);
                    first.commit();
                    second.commit();
                }
                throw new AssertionError("both were committed");
            });
            if (store.open(attempt(1)).isEmpty()) {
                first.commit();
            }
        }

        assertThat(read(attempt(1))).containsExactly(1);
    }

    @Test
    final void ownersOfOneRunKeepApart() throws Exception {
        ArtifactId lost = new ArtifactId(run, Kind.ATTEMPT, 3, 1, 1);
        ArtifactId taken = new ArtifactId(run, Kind.ATTEMPT, 3, 1, 2);
        try (ArtifactWriter first = store.create(lost);
                ArtifactWriter second = other.create(taken)) {
            first.write(new byte[] {1}, 0, 1);
            second.write(new byte[] {2}, 0, 1);
            second.commit();
            first.commit();
        }

        assertThat(read(lost)).containsExactly(1);
        assertThat(read(taken)).containsExactly(2);
    }

    @Test
    final void theArtifactsOfARunAreListedInTheirOrder() throws Exception {
        RunId neighbour = newRun();
        List<ArtifactId> ids = List.of(
                new ArtifactId(run, Kind.ATTEMPT, 1, 1, 1),
                new ArtifactId(run, Kind.ATTEMPT, 1, 2, 1),
                new ArtifactId(run, Kind.ATTEMPT, 2, 1, 2),
                new ArtifactId(run, Kind.ATTEMPT, 2, 1, 10),
                new ArtifactId(run, Kind.ATTEMPT, 10, 1, 1),
                new ArtifactId(run, Kind.GATE, 1, 1, 1),
                new ArtifactId(run, Kind.GATE, Integer.MAX_VALUE, Integer.MAX_VALUE, Long.MAX_VALUE));
        write(new ArtifactId(neighbour, Kind.ATTEMPT, 1, 1, 1), new byte[] {1});
        for (int at = ids.size() - 1; at >= 0; at--) {
            write(ids.get(at), bytes(at));
        }

        assertThat(other.list(run)).extracting(StoredArtifact::id).containsExactlyElementsOf(ids);
        assertThat(other.list(neighbour)).hasSize(1);
        assertThat(other.list(run)).allMatch(artifact -> artifact.bytes() >= 0);
    }

    @Test
    final void ofARunNobodyKnowsThereIsNothing() {
        assertThat(store.open(attempt(1))).isEmpty();
        assertThat(store.list(run)).isEmpty();
        assertThat(store.delete(run)).isZero();
    }

    @Test
    final void aRunWhoseIdHasNoTimeIsARunLikeAnyOther() throws Exception {
        ArtifactId id = new ArtifactId(new RunId(UUID.randomUUID()), Kind.ATTEMPT, 1, 1, 0);
        write(id, new byte[] {1});

        assertThat(read(id)).containsExactly(1);
        assertThat(other.list(id.run())).extracting(StoredArtifact::id).containsExactly(id);
        assertThat(store.delete(id.run())).isEqualTo(1);
    }

    @Test
    final void deletingTakesEveryArtifactOfTheRunAndNoOther() throws Exception {
        RunId neighbour = newRun();
        ArtifactId kept = new ArtifactId(neighbour, Kind.ATTEMPT, 1, 1, 1);
        write(kept, new byte[] {1});
        write(attempt(1), new byte[] {1});
        write(new ArtifactId(run, Kind.ATTEMPT, 1, 1, 2), new byte[] {1});
        write(new ArtifactId(run, Kind.GATE, 1, 1, 1), new byte[] {1});

        assertThat(other.delete(run)).isEqualTo(3);

        assertThat(store.list(run)).isEmpty();
        assertThat(store.open(attempt(1))).isEmpty();
        assertThat(store.delete(run)).isZero();
        assertThat(read(kept)).containsExactly(1);
    }

    @Test
    final void whatIsBeingWrittenWhileARunIsDeletedOrTheStoreMaintainedIsKept() throws Exception {
        write(attempt(1), new byte[] {1});
        try (ArtifactWriter writer = store.create(attempt(2))) {
            writer.write(new byte[] {2}, 0, 1);
            other.maintain();
            other.delete(run);
            writer.write(new byte[] {3}, 0, 1);
            writer.commit();
        }

        assertThat(read(attempt(2))).containsExactly(2, 3);
        store.maintain();
        assertThat(read(attempt(2))).containsExactly(2, 3);
    }

    @Test
    final void purgingTakesWhatWasStoredBeforeAMomentAndNothingElse() throws Exception {
        write(attempt(1), new byte[] {1});
        Instant stored = other.list(run).get(0).storedAt();

        store.purge(stored);
        assertThat(read(attempt(1))).containsExactly(1);

        assertThat(store.purge(stored.plusSeconds(1))).isPositive();
        assertThat(store.open(attempt(1))).isEmpty();
        assertThat(other.list(run)).isEmpty();
    }

    @Test
    final void manyWriteAtOnce() throws Exception {
        Together.run(8, thread -> {
            for (int number = 1; number <= 20; number++) {
                write(new ArtifactId(run, Kind.ATTEMPT, thread + 1, number, 1), new byte[] {(byte) thread});
            }
            return thread;
        });

        assertThat(other.list(run)).hasSize(160);
        for (StoredArtifact artifact : other.list(run)) {
            assertThat(read(artifact.id())).containsExactly(artifact.id().iteration() - 1);
        }
    }

    @Test
    final void aLargeArtifactDoesNotFillTheHeap() throws Exception {
        byte[] piece = bytes(1_000_000);
        HeapWatch heap = HeapWatch.start();
        long length = 0;
        try (ArtifactWriter writer = store.create(attempt(1))) {
            for (int written = 0; written < LARGE; written += piece.length) {
                writer.write(piece, 0, piece.length);
            }
            writer.commit();
        }
        try (InputStream stored = store.open(attempt(1)).orElseThrow()) {
            for (int count = stored.read(piece); count >= 0; count = stored.read(piece)) {
                length += count;
            }
        }

        assertThat(heap.stop()).as("growth of the heap in bytes").isLessThan(HEAP);
        assertThat(length).isEqualTo(LARGE);
        store.delete(run);
    }

    @Test
    final void aWriterThatIsDoneWritesNoMore() throws Exception {
        ArtifactWriter committed = store.create(attempt(1));
        committed.commit();
        ArtifactWriter dropped = store.create(attempt(2));
        dropped.close();
        dropped.close();

        refused(() -> committed.write(new byte[] {1}, 0, 1));
        refused(committed::commit);
        refused(() -> dropped.write(new byte[] {1}, 0, 1));
        refused(dropped::commit);

        committed.close();
        committed.close();
        assertThat(read(attempt(1))).isEmpty();
        assertThat(store.open(attempt(2))).isEmpty();
    }

    @Test
    final void aClosedStoreDoesNothingMore() throws Exception {
        ArtifactStore closed = open();
        closed.close();
        closed.close();

        refused(() -> closed.create(attempt(1)));
        refused(() -> closed.open(attempt(1)));
        refused(() -> closed.list(run));
        refused(() -> closed.delete(run));
        refused(() -> closed.purge(Instant.EPOCH));
        refused(closed::maintain);
    }

    private ArtifactId attempt(int iteration) {
        return new ArtifactId(run, Kind.ATTEMPT, iteration, 1, 1);
    }

    private void write(ArtifactId id, byte[] bytes) {
        try (ArtifactWriter writer = store.create(id)) {
            writer.write(bytes, 0, bytes.length);
            writer.commit();
        }
    }

    private byte[] read(ArtifactId id) throws IOException {
        try (InputStream stored = other.open(id).orElseThrow(() -> new AssertionError(id + " is not there"))) {
            return stored.readAllBytes();
        }
    }

    private static void refused(ThrowingCallable call) {
        assertThatExceptionOfType(ArtifactException.class).isThrownBy(call);
    }

    private static RunId newRun() {
        return RunId.create(Instant.now());
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new SplittableRandom(length).nextBytes(bytes);
        return bytes;
    }
}
