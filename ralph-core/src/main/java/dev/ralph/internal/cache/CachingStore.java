/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.cache;

import dev.ralph.CostQuery;
import dev.ralph.CostSum;
import dev.ralph.Page;
import dev.ralph.RunId;
import dev.ralph.RunQuery;
import dev.ralph.RunSnapshot;
import dev.ralph.cache.Caches;
import dev.ralph.cache.Loaded;
import dev.ralph.spi.Store;
import dev.ralph.spi.StoredRun;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A store that answers what people ask ({@link #find}, {@link #findByTask}, {@link #list}, {@link #costs}) out of a cache, and
 * passes everything else on: what decides about a run reads the store, by {@link #direct()}.
 *
 * <p>What this process wrote through either is read afterwards, but for the costs of a run, and the figures of runs in a
 * listing. What others wrote is read once the store tells of it, if it {@linkplain Store#seesRemoteChanges sees} such changes,
 * or the cache is shared; at the latest by {@link CacheTimes}. Who holds a run may be told as late as that, and the end of a
 * lease is the one there was when the row was read.
 */
public final class CachingStore extends AnnouncingStore {

    private final Store store;
    private final StoreCaches caches;

    private CachingStore(Store store, StoreCaches caches) {
        super(store, caches);
        this.store = store;
        this.caches = caches;
    }

    /** A store as people read it, and the subscription to its changes, which whoever made it closes. */
    public record Opened(CachingStore store, AutoCloseable subscription) {}

    /** Puts a cache in front of a store, and listens to its changes. Closing the store closes what it is in front of. */
    public static Opened open(Store store, Caches caches, CacheTimes times) {
        StoreCaches kept = new StoreCaches(caches, store.contentSeal(), times);
        return new Opened(new CachingStore(store, kept), store.listen(kept));
    }

    /** The same store without cached reads; writes say what became out of date all the same. */
    public Store direct() {
        return new AnnouncingStore(store, caches);
    }

    /**
     * The run was seen to have ended, in the store: whoever asks from now on does not read that it goes on, out of what this
     * process holds. A listing that processes share goes on to answer until who ended the run has told it.
     */
    public void ended(RunId run) {
        caches.ended(run);
    }

    @Override
    public Optional<StoredRun> find(RunId run) {
        String key = run.toString();
        Optional<StoredRun> found = caches.runs()
                .get(
                        key,
                        () -> super.find(run)
                                .map(row -> Loaded.of(row, StoreCaches.version(row)))
                                .orElseGet(Loaded::none))
                .found();
        if (found.isPresent() && !found.get().snapshot().id().equals(run)) {
            // An outer tier answered with what is kept under another key.
            caches.advanced(run);
            return super.find(run);
        }
        return found;
    }

    @Override
    public Optional<StoredRun> findByTask(String taskId) {
        String key = CacheKeys.ofTask(taskId);
        Optional<RunId> id = caches.tasks()
                .get(
                        key,
                        () -> super.findByTask(taskId)
                                .map(row -> Loaded.of(row.snapshot().id()))
                                .orElseGet(Loaded::none))
                .found();
        if (id.isEmpty()) {
            return Optional.empty();
        }
        Optional<StoredRun> run =
                find(id.get()).filter(row -> taskId.equals(row.snapshot().taskId()));
        if (run.isEmpty()) {
            // Removed meanwhile, and perhaps its task id belongs to another run now.
            caches.taskMoved(key);
            return super.findByTask(taskId);
        }
        return run;
    }

    @Override
    public Page<RunSnapshot> list(RunQuery query) {
        return Objects.requireNonNull(caches.lists()
                .get(CacheKeys.of(query), () -> Loaded.of(super.list(query)))
                .value());
    }

    @Override
    public List<CostSum> costs(CostQuery query) {
        return Objects.requireNonNull(caches.costs()
                .get(CacheKeys.of(query), () -> Loaded.of(super.costs(query)))
                .value());
    }
}
