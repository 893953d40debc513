/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.ArtifactException;
import dev.ralph.RunId;
import dev.ralph.spi.ArtifactId;
import dev.ralph.spi.ArtifactStore;
import dev.ralph.spi.ArtifactWriter;
import dev.ralph.spi.ContentSeal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever may write to the folder of sealed artifacts can destroy them, and do nothing else unnoticed. */
class SealedArtifactTamperingTest {

    private static final int PLAIN = 64 * 1024;
    private static final int SEALED = PLAIN + 16;
    private static final byte[] SMALL = "a canary that nobody may see".getBytes(StandardCharsets.UTF_8);
    private static final Instant NOW = Instant.parse("2026-11-27T10:00:00Z");

    @TempDir
    private Path folder;

    private final ArtifactId id = id(RunId.create(NOW), 1);
    private ArtifactStore store;

    @BeforeEach
    void seal() {
        store = new SealedArtifactStore(new FileArtifactStore(folder), new RunKeys());
    }

    @Test
    void noBitOfAnArtifactCanBeChanged() throws Exception {
        byte[] stored = write(id, SMALL);

        for (int at = 0; at < stored.length; at++) {
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                byte[] changed = stored.clone();
                changed[at] ^= (byte) (1 << bit);
                assertGivesNothing(changed, "bit " + bit + " of byte " + at);
            }
        }
        assertThat(read(stored)).isEqualTo(reading(SMALL, null));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 28})
    void anArtifactThatIsCutAnywhereGivesNothing(int length) throws Exception {
        byte[] stored = write(id, Arrays.copyOf(SMALL, length));

        for (int kept = 0; kept < stored.length; kept++) {
            assertGivesNothing(Arrays.copyOf(stored, kept), "cut to " + kept);
        }
    }

    @Test
    void nothingCanBeAppended() throws Exception {
        byte[] stored = write(id, SMALL);

        for (int more : new int[] {1, 15, 16, 17, stored.length, SEALED, 2 * SEALED}) {
            assertGivesNothing(Arrays.copyOf(stored, stored.length + more), more + " zeros");
        }
        assertGivesNothing(joined(List.of(stored, stored)), "itself again");
    }

    /** Three full segments and, in one case, a short one. */
    @ParameterizedTest
    @ValueSource(ints = {3 * PLAIN, 3 * PLAIN + 100})
    void segmentsCanBeNeitherMovedNorRepeatedNorLeftOutNorCutOff(int length) throws Exception {
        byte[] plain = bytes(length);
        byte[] stored = write(id, plain);
        byte[] head = head(stored, length);
        List<byte[]> segments = segments(stored, head.length);

        for (int one = 0; one < segments.size(); one++) {
            for (int other = 0; other < segments.size(); other++) {
                if (one != other) {
                    List<byte[]> swapped = new ArrayList<>(segments);
                    swapped.set(one, segments.get(other));
                    swapped.set(other, segments.get(one));
                    assertGivesABeginning(head, swapped, plain, Math.min(one, other));

                    List<byte[]> repeated = new ArrayList<>(segments);
                    repeated.set(one, segments.get(other));
                    assertGivesABeginning(head, repeated, plain, one);
                }
            }
            List<byte[]> twice = new ArrayList<>(segments);
            twice.add(one, segments.get(one));
            assertGivesABeginning(head, twice, plain, one + 1);

            List<byte[]> without = new ArrayList<>(segments);
            without.remove(one);
            assertGivesABeginning(head, without, plain, one);

            assertGivesABeginning(head, segments.subList(0, one), plain, one);
        }
    }

    /** Where the segments are cut, and beside it. */
    @Test
    void aLongArtifactThatIsCutGivesABeginningAndNeverAnEnd() throws Exception {
        byte[] plain = bytes(2 * PLAIN + 100);
        byte[] stored = write(id, plain);
        int head = head(stored, plain.length).length;

        for (int segment = 0; segment <= 2; segment++) {
            for (int beside = -20; beside <= 20; beside++) {
                byte[] cut = Arrays.copyOf(stored, head + segment * SEALED + beside);
                Reading reading = read(cut);
                assertThat(reading.failure()).as("cut to %s", cut.length).contains(id.name());
                assertThat(latin(plain).startsWith(reading.text())).isTrue();
            }
        }
    }

    @Test
    void anArtifactOpensUnderNoOtherNameAndForNoOtherRun() throws Exception {
        byte[] stored = write(id, SMALL);

        for (ArtifactId other : others()) {
            put(other, stored);
            assertGivesNothing(other, "all of " + id.name());
        }
    }

    @Test
    void anArtifactOpensUnderNoOtherNameEvenIfTheSealOfItsKeyWouldAllowIt() throws Exception {
        store = new SealedArtifactStore(new FileArtifactStore(folder), new Careless());
        byte[] stored = write(id, SMALL);
        assertThat(read(stored)).isEqualTo(reading(SMALL, null));

        for (ArtifactId other : others()) {
            put(other, stored);
            assertGivesNothing(other, "all of " + id.name());
        }
    }

    @Test
    void theHeadOfOneArtifactOpensNotTheBodyOfAnother() throws Exception {
        for (ContentSeal seal : List.of(new RunKeys(), new Careless())) {
            store = new SealedArtifactStore(new FileArtifactStore(folder), seal);
            byte[] stored = write(id, SMALL);
            int head = head(stored, SMALL.length).length;
            for (ArtifactId other : others()) {
                byte[] another = write(other, SMALL);
                byte[] mixed =
                        joined(List.of(Arrays.copyOf(another, head), Arrays.copyOfRange(stored, head, stored.length)));
                put(other, mixed);
                assertGivesNothing(other, "another's head and body");
                assertGivesNothing(mixed, "another's head");
            }
        }
    }

    @Test
    void whereClearIsAcceptedAChangedArtifactGivesNothingOfWhatWasSealed() throws Exception {
        byte[] stored = write(id, SMALL);
        store = new SealedArtifactStore(new FileArtifactStore(folder), new RunKeys(), true);

        for (int at = 0; at < stored.length; at++) {
            byte[] changed = stored.clone();
            changed[at] ^= 1;
            Reading reading = read(changed);
            if (at < 7) {
                assertThat(reading).as("taken for clear").isEqualTo(reading(changed, null));
            } else {
                assertThat(reading.failure()).contains(id.name());
                assertThat(reading.text()).isEmpty();
            }
            assertThat(reading.text()).doesNotContain("canary");
        }
        for (int kept = 0; kept < stored.length; kept++) {
            Reading reading = read(Arrays.copyOf(stored, kept));
            assertThat(reading.failure()).as("cut to %s", kept).contains(id.name());
            assertThat(reading.text()).isEmpty();
        }
    }

    private List<ArtifactId> others() {
        UUID run = id.run().value();
        return List.of(
                id(new RunId(new UUID(run.getMostSignificantBits(), run.getLeastSignificantBits() ^ 1)), 1),
                id(new RunId(new UUID(run.getMostSignificantBits() ^ 1, run.getLeastSignificantBits())), 1),
                id(id.run(), 2),
                new ArtifactId(id.run(), ArtifactId.Kind.GATE, 1, 1, 1),
                new ArtifactId(id.run(), ArtifactId.Kind.ATTEMPT, 1, 1, 2),
                id(RunId.create(NOW), 1));
    }

    private void assertGivesNothing(byte[] instead, String what) throws IOException {
        put(id, instead);
        assertGivesNothing(id, what);
    }

    private void assertGivesNothing(ArtifactId of, String what) {
        Reading reading = read(of);
        assertThat(reading.failure())
                .as(what)
                .contains(of.name())
                .contains(of.run().toString());
        assertThat(reading.text()).as(what).isEmpty();
    }

    private void assertGivesABeginning(byte[] head, List<byte[]> segments, byte[] plain, int most) throws IOException {
        List<byte[]> all = new ArrayList<>(List.of(head));
        all.addAll(segments);
        Reading reading = read(joined(all));
        assertThat(reading.failure()).contains(id.name());
        assertThat(latin(plain).startsWith(reading.text())).isTrue();
        assertThat(reading.text()).hasSizeLessThanOrEqualTo(most * PLAIN);
    }

    private Reading read(byte[] instead) throws IOException {
        put(id, instead);
        return read(id);
    }

    /** All that can be got out of it, asking again after it failed. */
    private Reading read(ArtifactId of) {
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        byte[] buffer = new byte[PLAIN];
        try (InputStream stream = store.open(of).orElseThrow()) {
            try {
                for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
                    got.write(buffer, 0, count);
                }
                return reading(got.toByteArray(), null);
            } catch (IOException e) {
                assertThat(stream.available()).isZero();
                for (int again = 0; again < 3; again++) {
                    try {
                        throw new AssertionError("after it failed it gave " + stream.read());
                    } catch (IOException expected) {
                        assertThat(expected).hasMessage(e.getMessage());
                    }
                }
                return reading(got.toByteArray(), e.getMessage());
            }
        } catch (ArtifactException | IOException e) {
            return reading(got.toByteArray(), e.getMessage());
        }
    }

    private byte[] write(ArtifactId of, byte[] bytes) throws IOException {
        Files.deleteIfExists(file(of));
        try (ArtifactWriter writer = store.create(of)) {
            writer.write(bytes, 0, bytes.length);
            writer.commit();
        }
        return Files.readAllBytes(file(of));
    }

    private void put(ArtifactId of, byte[] bytes) throws IOException {
        Files.createDirectories(file(of).getParent());
        Files.write(file(of), bytes);
    }

    private Path file(ArtifactId of) {
        return folder.resolve("2026-11-27").resolve(of.run().toString()).resolve(of.name() + ".gz");
    }

    /** All before the segments. */
    private static byte[] head(byte[] stored, int length) {
        int segments = Math.max(1, (length + PLAIN - 1) / PLAIN);
        return Arrays.copyOf(stored, stored.length - length - 16 * segments);
    }

    private static List<byte[]> segments(byte[] stored, int from) {
        List<byte[]> segments = new ArrayList<>();
        for (int at = from; at < stored.length; at += SEALED) {
            segments.add(Arrays.copyOfRange(stored, at, Math.min(stored.length, at + SEALED)));
        }
        return segments;
    }

    private static byte[] joined(List<byte[]> parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        parts.forEach(all::writeBytes);
        return all.toByteArray();
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new SplittableRandom(length).nextBytes(bytes);
        return bytes;
    }

    private static ArtifactId id(RunId run, int iteration) {
        return new ArtifactId(run, ArtifactId.Kind.ATTEMPT, iteration, 1, 1);
    }

    private static Reading reading(byte[] bytes, @Nullable String failure) {
        return new Reading(latin(bytes), failure);
    }

    private static String latin(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** What was got, a character for each byte, and how it ended: null for as artifacts do. */
    private record Reading(String text, @Nullable String failure) {}

    /** Seals nothing and binds nothing. */
    private static final class Careless implements ContentSeal {
        @Override
        public byte[] seal(RunId run, String place, byte[] content) {
            return content.clone();
        }

        @Override
        public byte[] open(RunId run, String place, byte[] sealed) {
            return sealed.clone();
        }
    }
}
