/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.output;

import dev.ralph.OutputRecord;
import dev.ralph.RunId;
import dev.ralph.RunOutput;
import dev.ralph.spi.ArtifactId;
import dev.ralph.spi.ArtifactStore;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** The full outputs this node keeps and finds. Thread-safe. */
public final class Outputs {

    private final @Nullable ArtifactStore store;
    private final Mask mask;
    private final Executor background;
    private final OutputBounds bounds;

    /**
     * Sets it up.
     *
     * @param store where they are kept; null if they are not
     * @param background writes them
     * @param limit how many bytes of each are kept, beside its end
     */
    public Outputs(@Nullable ArtifactStore store, Mask mask, Executor background, long limit) {
        this.store = store;
        this.mask = mask;
        this.background = background;
        this.bounds = OutputBounds.of(limit);
    }

    /** Begins to keep one. */
    public OutputRecorder begin(ArtifactId id) {
        return store == null ? OutputRecorder.NONE : new StoringRecorder(store, id, mask, background, bounds);
    }

    /** One that was kept, if it is to be found here. */
    public Optional<RunOutput> open(RunId run, @Nullable OutputRecord record) {
        if (store == null || record == null || record.reference() == null) {
            return Optional.empty();
        }
        return ArtifactId.of(run, record.reference())
                .flatMap(id -> store.open(id).map(bytes -> new StoredOutput(id, record, bytes)));
    }

    /** Deletes those of a run and says how many there were here. */
    public int delete(RunId run) {
        return store == null ? 0 : store.delete(run);
    }

    /** Where they are kept. */
    public Optional<ArtifactStore> store() {
        return Optional.ofNullable(store);
    }
}
