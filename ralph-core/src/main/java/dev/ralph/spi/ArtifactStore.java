/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spi;

import dev.ralph.ArtifactException;
import dev.ralph.RunId;
import dev.ralph.health.HealthSource;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Keeps what is too large for the state of record: the full output of attempts and gates. It is given bytes and gives them
 * back; that secrets are masked, the amount is capped and the bytes are compressed is done before they get here, so that a
 * store may seal them, or send them elsewhere, as they are.
 *
 * <p>Thread-safe; every method may block and throws {@link ArtifactException} if it cannot do what was asked. None of that
 * fails a run: what could not be kept is recorded as not kept. The contract kit in {@code ralph-tck} tests all of this.
 */
public interface ArtifactStore extends HealthSource, AutoCloseable {

    /**
     * Begins to write an artifact. Nobody sees it before {@link ArtifactWriter#commit}.
     *
     * @throws ArtifactException if there is one with this id, or it cannot be written
     */
    ArtifactWriter create(ArtifactId id);

    /**
     * The bytes of an artifact, from the beginning, to be closed by the caller. If it is deleted meanwhile, what is left of
     * it may be read or fail. Where a store that seals cannot vouch for the next byte, it throws {@link ArtifactException}
     * here, or the stream an {@link java.io.IOException}: it neither gives such a byte nor ends the stream.
     *
     * @return empty if there is none here: never written, deleted, or on another node's disk
     */
    Optional<InputStream> open(ArtifactId id);

    /** The artifacts of a run, by kind, iteration, number and epoch. */
    List<StoredArtifact> list(RunId run);

    /**
     * Deletes every artifact of a run, whoever wrote it, and what writers of the run that died left behind, as far as it can be
     * told from what is being written. That is not deleted: delete what has ended.
     *
     * @return how many there were
     */
    int delete(RunId run);

    /**
     * Deletes artifacts of all runs.
     *
     * @param before those stored before this moment, by the store's clock
     * @return how many there were
     */
    int purge(Instant before);

    /**
     * Does what has to be done from time to time: deletes what is past the retention the store was set up with, if it was,
     * and what writers that died left behind. The host schedules it; any node may, also at once with others.
     *
     * @return how many artifacts were past retention
     */
    int maintain();

    /** Frees what the store holds; every later call throws {@link ArtifactException}. Closing twice is allowed. */
    @Override
    void close();
}
