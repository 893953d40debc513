/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.artifact;

import dev.ralph.ArtifactException;
import dev.ralph.ContentUnreadableException;
import dev.ralph.RunId;
import dev.ralph.StoreException;
import dev.ralph.health.HealthProbe;
import dev.ralph.spi.ArtifactId;
import dev.ralph.spi.ArtifactStore;
import dev.ralph.spi.ArtifactWriter;
import dev.ralph.spi.ContentSeal;
import dev.ralph.spi.StoredArtifact;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Seals artifacts on their way into another store, and opens them on their way out. Each has a key of its own, sealed with
 * the key that the store of record keeps for its run: whoever has the files alone reads nothing, and what is left of a run
 * that was erased is unreadable wherever its bytes are, in back-ups too. An artifact that was changed, cut off, put together
 * of others or moved to another name or run is found out, and nothing of it that could be in doubt is handed out.
 *
 * <p>The orchestrator wraps its artifact store in this by itself if its store has a {@link dev.ralph.spi.Store#contentSeal}.
 *
 * <p>Artifacts are AES-256-GCM in segments of 64 KiB, with random keys; the bytes are described in the decision on full
 * outputs. {@link #list} tells the size of the sealed bytes: 16 more for each segment, and about a hundred for the key. What
 * an artifact is of, when it was stored, and how large it is, are not hidden.
 *
 * <p>Thread-safe if the other store is. {@link #create} and {@link #open} block for a call of the seal besides. Memory: two
 * segments for each artifact that is being written or read.
 */
public final class SealedArtifactStore implements ArtifactStore {

    private final ArtifactStore store;
    private final ContentSeal seal;
    private final boolean acceptClear;
    private final SecureRandom random = new SecureRandom();

    /**
     * Refuses artifacts that are not sealed.
     *
     * @param store keeps what is sealed; closed with this one
     * @param seal seals the artifacts' keys
     */
    public SealedArtifactStore(ArtifactStore store, ContentSeal seal) {
        this(store, seal, false);
    }

    /**
     * As above, but may be told to read what is not sealed.
     *
     * @param acceptClear whether to read artifacts that are not sealed, as those are that were written before there was a
     *     seal. Whoever can write to the other store can then put there what he likes, unnoticed; switch it off once such
     *     artifacts are past their retention. What is written is sealed either way
     */
    public SealedArtifactStore(ArtifactStore store, ContentSeal seal, boolean acceptClear) {
        this.store = store;
        this.seal = seal;
        this.acceptClear = acceptClear;
    }

    /**
     * Begins to write an artifact, with a new key.
     *
     * @throws ArtifactException as of the other store, or if the seal refuses: the run has no key, or the store of record
     *     does not answer
     */
    @Override
    public ArtifactWriter create(ArtifactId id) {
        byte[] key = random(SegmentCipher.KEY);
        try {
            SealedHeader header = new SealedHeader(sealKey(id, key), random(SegmentCipher.PREFIX));
            SegmentCipher cipher = SegmentCipher.sealing(key, header.prefix(), id);
            ArtifactWriter writer = store.create(id);
            try {
                byte[] bytes = header.bytes();
                writer.write(bytes, 0, bytes.length);
                return new SealingWriter(id, writer, cipher);
            } catch (RuntimeException | Error e) {
                writer.close();
                throw e;
            }
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /**
     * Opens an artifact. Its stream throws an {@link IOException} that names the artifact where the next segment is not what
     * was sealed, and ends only where the artifact does.
     *
     * @throws ArtifactException as of the other store, or if it does not open: its run was erased (the cause is a
     *     {@link ContentUnreadableException} then), it is damaged, or it is not sealed and that is not accepted
     */
    @Override
    public Optional<InputStream> open(ArtifactId id) {
        return store.open(id).map(stored -> opened(id, stored));
    }

    @Override
    public List<StoredArtifact> list(RunId run) {
        return store.list(run);
    }

    @Override
    public int delete(RunId run) {
        return store.delete(run);
    }

    @Override
    public int purge(Instant before) {
        return store.purge(before);
    }

    @Override
    public List<HealthProbe> healthProbes() {
        return store.healthProbes();
    }

    @Override
    public Set<Path> diskFolders() {
        return store.diskFolders();
    }

    @Override
    public int maintain() {
        return store.maintain();
    }

    @Override
    public void close() {
        store.close();
    }

    private InputStream opened(ArtifactId id, InputStream stored) {
        try {
            byte[] first = stored.readNBytes(SealedHeader.MAGIC.length);
            return switch (SealedHeader.start(first)) {
                case SEALED -> openSealed(id, stored);
                case CLEAR -> openClear(id, first, stored);
                case CUT -> throw unreadable(id, "it was cut off", null);
                case OTHER_VERSION ->
                    throw unreadable(id, "it was sealed by another version of Ralph; read it with that", null);
            };
        } catch (IOException e) {
            close(stored, e);
            throw unreadable(id, "what it begins with is damaged, or was deleted meanwhile (" + e + ")", e);
        } catch (RuntimeException | Error e) {
            close(stored, e);
            throw e;
        }
    }

    private InputStream openSealed(ArtifactId id, InputStream stored) throws IOException {
        SealedHeader header = SealedHeader.readAfterMagic(stored);
        byte[] key = openKey(id, header);
        try {
            if (key.length != SegmentCipher.KEY) {
                throw unreadable(id, "its key is damaged", null);
            }
            return new OpeningStream(id, stored, SegmentCipher.opening(key, header.prefix(), id));
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private InputStream openClear(ArtifactId id, byte[] first, InputStream stored) {
        if (!acceptClear) {
            throw unreadable(
                    id,
                    "it is not sealed, and this store seals; if it was written before sealing was switched on, set"
                            + " ENCRYPTION_ACCEPT_CLEAR=true to read it, else delete it: somebody put it there",
                    null);
        }
        return new SequenceInputStream(new ByteArrayInputStream(first), stored);
    }

    private byte[] sealKey(ArtifactId id, byte[] key) {
        try {
            return seal.seal(id.run(), place(id), key);
        } catch (StoreException e) {
            throw new ArtifactException(
                    "artifact " + id.name() + " of run " + id.run() + " cannot be sealed: " + e.getMessage(), e);
        }
    }

    private byte[] openKey(ArtifactId id, SealedHeader header) {
        try {
            return seal.open(id.run(), place(id), header.sealedKey());
        } catch (StoreException e) {
            throw unreadable(id, e.getMessage(), e);
        }
    }

    private byte[] random(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static String place(ArtifactId id) {
        return "artifact:" + id.name();
    }

    private static void close(InputStream stored, Throwable because) {
        try {
            stored.close();
        } catch (IOException e) {
            because.addSuppressed(e);
        }
    }

    private static ArtifactException unreadable(ArtifactId id, @Nullable String why, @Nullable Throwable cause) {
        return new ArtifactException(
                "artifact " + id.name() + " of run " + id.run() + " cannot be opened: " + why, cause);
    }
}
