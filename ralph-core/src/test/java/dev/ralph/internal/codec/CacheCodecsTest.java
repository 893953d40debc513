/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ralph.ContentUnreadableException;
import dev.ralph.CostSum;
import dev.ralph.Page;
import dev.ralph.RunId;
import dev.ralph.RunSnapshot;
import dev.ralph.Spend;
import dev.ralph.Usage;
import dev.ralph.cache.CacheCodec;
import dev.ralph.spi.ContentSeal;
import dev.ralph.spi.Payload;
import dev.ralph.spi.StoredRun;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CacheCodecsTest {

    private static final byte[] PROMPT = "the prompt".getBytes(StandardCharsets.UTF_8);

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRowComesBackEqualSealedOrNot(boolean sealed) {
        CacheCodec<StoredRun> codec = CacheCodecs.runs(sealed ? Optional.of(new RememberingSeal()) : Optional.empty());
        for (boolean filled : new boolean[] {true, false}) {
            StoredRun run = run(filled);

            assertThat(codec.decode(codec.encode(run))).isEqualTo(run);
        }
    }

    @Test
    void aSealedRowShowsNothingButTheRunsId() {
        CacheCodec<StoredRun> codec = CacheCodecs.runs(Optional.of(new RememberingSeal()));

        String bytes = new String(codec.encode(run(true)), StandardCharsets.ISO_8859_1);

        assertThat(bytes)
                .doesNotContain("snapshot", "subject", "K\u00c3\u00a4se", "dGhlIHByb21wdA")
                .hasSizeGreaterThan(500);
    }

    @Test
    void aSealedRowOpensForItsRunAloneAndOnlyWhileThereIsItsKey() {
        RememberingSeal seal = new RememberingSeal();
        CacheCodec<StoredRun> codec = CacheCodecs.runs(Optional.of(seal));
        StoredRun run = run(true);
        byte[] bytes = codec.encode(run);
        byte[] moved = bytes.clone();
        moved[15]++;

        assertThatThrownBy(() -> codec.decode(moved)).isInstanceOf(RuntimeException.class);
        seal.keyless.add(run.snapshot().id());

        assertThatExceptionOfType(ContentUnreadableException.class).isThrownBy(() -> codec.decode(bytes));
        assertThatExceptionOfType(ContentUnreadableException.class).isThrownBy(() -> codec.encode(run));
    }

    @Test
    void aRowUnderAnotherIdIsNotRead() {
        CacheCodec<StoredRun> codec = CacheCodecs.runs(Optional.empty());
        byte[] moved = codec.encode(run(true));
        moved[15]++;

        assertThatThrownBy(() -> codec.decode(moved)).hasMessageContaining("of another run");
    }

    @Test
    void bytesThatAreCutAreNotRead() {
        CacheCodec<StoredRun> codec = CacheCodecs.runs(Optional.empty());
        byte[] whole = codec.encode(run(true));

        for (int length : new int[] {0, 15, 16, 17, whole.length / 2, whole.length - 1}) {
            assertThatThrownBy(() -> codec.decode(Arrays.copyOf(whole, length)))
                    .as("%s bytes", length)
                    .isInstanceOf(RuntimeException.class);
        }
    }

    @Test
    void pagesIdsAndCostsComeBackEqual() {
        Page<RunSnapshot> page = new Page<>(
                List.of(new Samples(true).record(RunSnapshot.class), new Samples(false).record(RunSnapshot.class)),
                "next");
        CostSum sum = new CostSum(
                LocalDate.of(2026, 2, 3),
                "agent",
                null,
                4,
                1,
                new Usage(1, 2, 3, 4),
                new Spend(new BigDecimal("0.10"), BigDecimal.ZERO, BigDecimal.ONE));
        RunId id = RunId.create(Instant.EPOCH);

        assertThat(backAndForth(CacheCodecs.lists(), page)).isEqualTo(page);
        assertThat(backAndForth(CacheCodecs.lists(), new Page<>(List.of(), null))
                        .next())
                .isNull();
        assertThat(backAndForth(CacheCodecs.costs(), List.of(sum))).containsExactly(sum);
        assertThat(backAndForth(CacheCodecs.ids(), id)).isEqualTo(id);
    }

    private static <V> V backAndForth(CacheCodec<V> codec, V value) {
        return codec.decode(codec.encode(value));
    }

    private static StoredRun run(boolean filled) {
        RunSnapshot snapshot = new Samples(filled).record(RunSnapshot.class);
        return new StoredRun(
                snapshot,
                new Payload(2, PROMPT),
                new Payload(1, new byte[] {0, -1}),
                7,
                8,
                9,
                filled ? Instant.ofEpochSecond(1, 2) : null);
    }

    /** A seal that turns bytes around, and knows of which run and place they are. */
    private static final class RememberingSeal implements ContentSeal {

        private final Set<RunId> keyless = new HashSet<>();

        @Override
        public byte[] seal(RunId run, String place, byte[] content) {
            requireKey(run);
            byte[] sealed = Arrays.copyOf(content, content.length + 1);
            for (int at = 0; at < sealed.length; at++) {
                sealed[at] ^= (byte) 0x5a;
            }
            sealed[content.length] = tag(run, place);
            return sealed;
        }

        @Override
        public byte[] open(RunId run, String place, byte[] sealed) {
            requireKey(run);
            if (sealed.length == 0 || sealed[sealed.length - 1] != tag(run, place)) {
                throw new ContentUnreadableException("does not open");
            }
            byte[] content = Arrays.copyOf(sealed, sealed.length - 1);
            for (int at = 0; at < content.length; at++) {
                content[at] ^= (byte) 0x5a;
            }
            return content;
        }

        private static byte tag(RunId run, String place) {
            return (byte) (run.toString() + place).hashCode();
        }

        private void requireKey(RunId run) {
            if (keyless.contains(run)) {
                throw new ContentUnreadableException("no key");
            }
        }
    }
}
