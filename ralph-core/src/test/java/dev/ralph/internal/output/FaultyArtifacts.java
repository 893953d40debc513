/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.output;

import dev.ralph.RunId;
import dev.ralph.spi.ArtifactId;
import dev.ralph.spi.ArtifactStore;
import dev.ralph.spi.ArtifactWriter;
import dev.ralph.spi.StoredArtifact;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** An artifact store in memory whose writers do what a test wants them to. */
public final class FaultyArtifacts implements ArtifactStore {

    /** When something happens to a writer. */
    public enum At {
        CREATE,
        WRITE,
        COMMIT,
        CLOSE
    }

    /** What happens then. */
    @FunctionalInterface
    public interface Fault {
        void happen(At at);
    }

    private final Fault fault;
    private final Map<ArtifactId, byte[]> committed = new ConcurrentHashMap<>();
    private final AtomicInteger dropped = new AtomicInteger();
    private final AtomicInteger beingRead = new AtomicInteger();
    private final CountDownLatch firstDropped = new CountDownLatch(1);

    public FaultyArtifacts(Fault fault) {
        this.fault = fault;
    }

    /** Ids of what can be read. */
    public List<ArtifactId> committed() {
        return List.copyOf(committed.keySet());
    }

    /** How many writers were closed without a commit. */
    public int dropped() {
        return dropped.get();
    }

    /** How many streams were opened and not closed. */
    public int beingRead() {
        return beingRead.get();
    }

    void awaitDrop() throws InterruptedException {
        firstDropped.await();
    }

    @Override
    public ArtifactWriter create(ArtifactId id) {
        fault.happen(At.CREATE);
        return new ArtifactWriter() {
            private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

            @Override
            public void write(byte[] some, int offset, int length) {
                fault.happen(At.WRITE);
                bytes.write(some, offset, length);
            }

            @Override
            public void commit() {
                fault.happen(At.COMMIT);
                committed.put(id, bytes.toByteArray());
            }

            @Override
            public void close() {
                if (!committed.containsKey(id)) {
                    dropped.incrementAndGet();
                    firstDropped.countDown();
                }
                fault.happen(At.CLOSE);
            }
        };
    }

    @Override
    public Optional<InputStream> open(ArtifactId id) {
        return Optional.ofNullable(committed.get(id)).map(bytes -> {
            beingRead.incrementAndGet();
            return new ByteArrayInputStream(bytes) {
                @Override
                public void close() {
                    beingRead.decrementAndGet();
                }
            };
        });
    }

    @Override
    public List<StoredArtifact> list(RunId run) {
        return committed.entrySet().stream()
                .filter(artifact -> artifact.getKey().run().equals(run))
                .map(artifact -> new StoredArtifact(artifact.getKey(), artifact.getValue().length, Instant.EPOCH))
                .toList();
    }

    @Override
    public int delete(RunId run) {
        int before = committed.size();
        committed.keySet().removeIf(id -> id.run().equals(run));
        return before - committed.size();
    }

    @Override
    public int purge(Instant before) {
        return 0;
    }

    @Override
    public int maintain() {
        return 0;
    }

    @Override
    public void close() {}
}
