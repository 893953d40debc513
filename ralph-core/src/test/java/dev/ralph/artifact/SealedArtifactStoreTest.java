/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.ralph.ArtifactException;
import dev.ralph.ContentUnreadableException;
import dev.ralph.RunId;
import dev.ralph.StoreException;
import dev.ralph.internal.output.FaultyArtifacts;
import dev.ralph.spi.ArtifactId;
import dev.ralph.spi.ArtifactStore;
import dev.ralph.spi.ArtifactWriter;
import dev.ralph.spi.ContentSeal;
import dev.ralph.spi.StoredArtifact;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is particular to sealing; what becomes of artifacts that are tampered with is in its own test. */
class SealedArtifactStoreTest {

    private static final int SEGMENT = 64 * 1024;
    private static final String CANARY = "a canary that nobody may see";

    @TempDir
    private Path folder;

    private final RunKeys keys = new RunKeys();
    private final ArtifactId id =
            new ArtifactId(RunId.create(Instant.parse("2026-11-27T10:00:00Z")), ArtifactId.Kind.ATTEMPT, 1, 1, 1);

    @ParameterizedTest
    @ValueSource(
            ints = {0, 1, SEGMENT - 1, SEGMENT, SEGMENT + 1, 2 * SEGMENT - 1, 2 * SEGMENT, 2 * SEGMENT + 1, 5_000_000})
    void whatWasWrittenComesBackInPiecesOfAnySize(int length) throws Exception {
        byte[] bytes = bytes(length);
        SealedArtifactStore store = sealed(false);
        try (ArtifactWriter writer = store.create(id)) {
            for (int at = 0; at < length; ) {
                int count = Math.min(length - at, 1 + at % 70_001);
                writer.write(bytes, at, count);
                at += count;
            }
            writer.commit();
        }

        assertThat(read(store, 8_192)).isEqualTo(bytes);
        assertThat(read(store, 1)).isEqualTo(bytes);
        assertThat(read(store, SEGMENT)).isEqualTo(bytes);
        assertThat(read(store, 1_000_000)).isEqualTo(bytes);
    }

    @Test
    void theSizeThatIsListedIsThatOfTheSealedBytes() throws Exception {
        SealedArtifactStore store = sealed(false);
        write(store, id, bytes(SEGMENT + 1));

        assertThat(store.list(id.run()))
                .extracting(StoredArtifact::bytes)
                .containsExactly(Files.size(file(id)))
                .allMatch(size -> size > SEGMENT + 1 + 2 * 16 && size < SEGMENT + 1 + 2 * 16 + 150);
    }

    @Test
    void whatIsOnTheDiskTellsNothingNeitherBeforeTheCommitNorAfterIt() throws Exception {
        SealedArtifactStore store = sealed(false);
        byte[] canaries = CANARY.repeat(10_000).getBytes(StandardCharsets.UTF_8);
        try (ArtifactWriter writer = store.create(id)) {
            writer.write(canaries, 0, canaries.length);
            assertThat(everythingOnTheDisk()).hasSizeGreaterThan(SEGMENT).doesNotContain("canary");
            writer.commit();
        }

        assertThat(everythingOnTheDisk()).hasSizeGreaterThan(canaries.length).doesNotContain("canary");
        assertThat(new String(read(store, 8_192), StandardCharsets.UTF_8)).contains(CANARY);
    }

    @Test
    void theSameIsSealedToOtherBytesEachTime() throws Exception {
        SealedArtifactStore store = sealed(false);
        write(store, id, CANARY);
        byte[] first = Files.readAllBytes(file(id));
        store.delete(id.run());
        write(store, id, CANARY);

        byte[] second = Files.readAllBytes(file(id));
        int differing = 0;
        for (int at = 10; at < first.length; at++) {
            differing += first[at] == second[at] ? 0 : 1;
        }
        assertThat(differing).isGreaterThan((first.length - 10) / 2);
    }

    @Test
    void anArtifactThatIsNotSealedIsRefusedByName() throws Exception {
        write(files(), id, CANARY);

        assertThatExceptionOfType(ArtifactException.class)
                .isThrownBy(() -> sealed(false).open(id))
                .withMessageContaining(id.name())
                .withMessageContaining(id.run().toString())
                .withMessageContaining("is not sealed")
                .withMessageContaining("ENCRYPTION_ACCEPT_CLEAR=true");
        assertThat(sealed(false).list(id.run())).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 9, 200_000})
    void anArtifactThatIsNotSealedIsReadWhereThatIsAccepted(int length) throws Exception {
        byte[] bytes = bytes(length);
        write(files(), id, bytes);

        assertThat(read(sealed(true), 8_192)).isEqualTo(bytes);
    }

    @Test
    void whereClearIsAcceptedWhatIsWrittenIsSealed() throws Exception {
        write(sealed(true), id, CANARY);

        assertThat(everythingOnTheDisk()).doesNotContain("canary");
        assertThat(read(sealed(true), 8_192)).isEqualTo(CANARY.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void anotherVersionOfTheFormatIsSaidToBeOne() throws Exception {
        write(sealed(false), id, CANARY);
        byte[] stored = Files.readAllBytes(file(id));
        stored[7]++;
        Files.write(file(id), stored);

        for (boolean acceptClear : new boolean[] {false, true}) {
            assertThatExceptionOfType(ArtifactException.class)
                    .isThrownBy(() -> sealed(acceptClear).open(id))
                    .withMessageContaining(id.name())
                    .withMessageContaining("another version");
        }
    }

    @Test
    void ofARunThatWasErasedNothingCanBeOpenedOrWrittenAndEverythingDeleted() throws Exception {
        SealedArtifactStore store = sealed(true);
        write(store, id, CANARY);
        ArtifactId next = new ArtifactId(id.run(), ArtifactId.Kind.GATE, 1, 1, 1);
        keys.erase(id.run());

        assertThatExceptionOfType(ArtifactException.class)
                .isThrownBy(() -> store.open(id))
                .withMessageContaining(id.name())
                .withMessageContaining("was erased")
                .withCauseInstanceOf(ContentUnreadableException.class);
        assertThatExceptionOfType(ArtifactException.class)
                .isThrownBy(() -> store.create(next))
                .withMessageContaining(next.name())
                .withMessageContaining("was erased")
                .withCauseInstanceOf(ContentUnreadableException.class);
        assertThat(store.open(next)).isEmpty();
        assertThat(store.list(id.run())).hasSize(1);
        assertThat(store.delete(id.run())).isEqualTo(1);
        assertThat(store.open(id)).isEmpty();
    }

    @Test
    void theKeyIsSealedForItsRunAndItsPlaceAndIsAnotherEachTime() throws Exception {
        List<String> sealed = new ArrayList<>();
        SealedArtifactStore store = new SealedArtifactStore(files(), new ContentSeal() {
            @Override
            public byte[] seal(RunId run, String place, byte[] content) {
                assertThat(content).hasSize(32);
                sealed.add(run + " " + place + " " + HexFormat.of().formatHex(content));
                return keys.seal(run, place, content);
            }

            @Override
            public byte[] open(RunId run, String place, byte[] sealed) {
                return keys.open(run, place, sealed);
            }
        });
        write(store, id, CANARY);
        store.delete(id.run());
        write(store, id, CANARY);

        assertThat(sealed)
                .hasSize(2)
                .doesNotHaveDuplicates()
                .allMatch(call -> call.startsWith(id.run() + " artifact:attempt-1-1-e1 "));
    }

    @Test
    void aSealThatFailsLeavesNothingBehind() throws Exception {
        SealedArtifactStore store = new SealedArtifactStore(files(), new ContentSeal() {
            @Override
            public byte[] seal(RunId run, String place, byte[] content) {
                throw new StoreException("the database does not answer");
            }

            @Override
            public byte[] open(RunId run, String place, byte[] sealed) {
                throw new StoreException("the database does not answer");
            }
        });

        assertThatExceptionOfType(ArtifactException.class)
                .isThrownBy(() -> store.create(id))
                .withMessageContaining("the database does not answer");
        try (Stream<Path> unfinished = Files.list(folder.resolve("unfinished"))) {
            assertThat(unfinished).isEmpty();
        }
        write(sealed(false), id, CANARY);
        assertThatExceptionOfType(ArtifactException.class)
                .isThrownBy(() -> store.open(id))
                .withMessageContaining("the database does not answer");
    }

    @Test
    void whatCannotBeUsedIsClosed() throws Exception {
        FaultyArtifacts full = new FaultyArtifacts(at -> {
            if (at == FaultyArtifacts.At.WRITE) {
                throw new ArtifactException("no space left on the device");
            }
        });
        assertThatExceptionOfType(ArtifactException.class)
                .isThrownBy(() -> new SealedArtifactStore(full, keys).create(id))
                .withMessageContaining("no space");
        assertThat(full.dropped()).isEqualTo(1);

        FaultyArtifacts memory = new FaultyArtifacts(at -> {});
        SealedArtifactStore store = new SealedArtifactStore(memory, keys);
        ArtifactId clear = new ArtifactId(id.run(), ArtifactId.Kind.GATE, 1, 1, 1);
        write(memory, clear, CANARY);
        write(store, id, CANARY);
        assertThatExceptionOfType(ArtifactException.class).isThrownBy(() -> store.open(clear));
        assertThat(memory.beingRead()).isZero();
        InputStream opened = store.open(id).orElseThrow();
        assertThat(memory.beingRead()).isEqualTo(1);
        opened.close();
        assertThat(memory.beingRead()).isZero();
        keys.erase(id.run());
        assertThatExceptionOfType(ArtifactException.class).isThrownBy(() -> store.open(id));
        assertThat(memory.beingRead()).isZero();
    }

    @Test
    void aWriterThatFailedIsNotCommitted() throws Exception {
        SealedArtifactStore store = sealed(false);
        try (ArtifactWriter writer = store.create(id)) {
            assertThatExceptionOfType(IndexOutOfBoundsException.class)
                    .isThrownBy(() -> writer.write(new byte[1], 0, 2 * SEGMENT));

            assertThatExceptionOfType(ArtifactException.class).isThrownBy(writer::commit);
        }
        assertThat(store.open(id)).isEmpty();
    }

    @Test
    void gzipIsReadAsFromAnyStream() throws Exception {
        byte[] bytes = bytes(3 * SEGMENT);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        }
        SealedArtifactStore store = sealed(false);
        write(store, id, packed.toByteArray());

        try (InputStream stored = new GZIPInputStream(store.open(id).orElseThrow())) {
            assertThat(stored.readAllBytes()).isEqualTo(bytes);
        }
    }

    @Test
    void aStreamThatWasClosedGivesNothingMore() throws Exception {
        SealedArtifactStore store = sealed(false);
        write(store, id, CANARY);
        InputStream stored = store.open(id).orElseThrow();
        assertThat(stored.read()).isEqualTo(CANARY.charAt(0));
        assertThat(stored.available()).isEqualTo(CANARY.length() - 1);

        stored.close();

        assertThatIOException().isThrownBy(stored::read).withMessageContaining("closed");
    }

    private FileArtifactStore files() {
        return new FileArtifactStore(folder);
    }

    private SealedArtifactStore sealed(boolean acceptClear) {
        return acceptClear ? new SealedArtifactStore(files(), keys, true) : new SealedArtifactStore(files(), keys);
    }

    private Path file(ArtifactId of) {
        return folder.resolve("2026-11-27").resolve(of.run().toString()).resolve(of.name() + ".gz");
    }

    private String everythingOnTheDisk() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(file).append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }

    private byte[] read(SealedArtifactStore store, int piece) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (InputStream stored = store.open(id).orElseThrow()) {
            byte[] buffer = new byte[piece + 2];
            while (true) {
                int count = stored.read(buffer, 1, piece);
                if (count < 0) {
                    assertThat(stored.read()).isEqualTo(-1);
                    return all.toByteArray();
                }
                all.write(buffer, 1, count);
                int single = stored.read();
                if (single >= 0) {
                    all.write(single);
                }
            }
        }
    }

    private static void write(ArtifactStore store, ArtifactId id, String text) {
        write(store, id, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void write(ArtifactStore store, ArtifactId id, byte[] bytes) {
        try (ArtifactWriter writer = store.create(id)) {
            writer.write(bytes, 0, bytes.length);
            writer.commit();
        }
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new SplittableRandom(length).nextBytes(bytes);
        return bytes;
    }
}
