/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import dev.ralph.ArtifactException;
import dev.ralph.RunId;
import dev.ralph.spi.ArtifactId;
import dev.ralph.spi.ArtifactStore;
import dev.ralph.spi.ArtifactWriter;
import dev.ralph.spi.StoredArtifact;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;

/** Artifact stores that get one thing wrong each, and the kit run on them. */
final class BrokenArtifactStores {

    private static final Comparator<ArtifactId> ORDER = Comparator.comparing(ArtifactId::run)
            .thenComparing(ArtifactId::kind)
            .thenComparing(ArtifactId::iteration)
            .thenComparing(ArtifactId::number)
            .thenComparing(ArtifactId::epoch);

    private BrokenArtifactStores() {}

    /** An artifact and when it was stored. */
    private record Entry(ByteArrayOutputStream bytes, Instant at) {}

    /** A store in memory. */
    private static class InMemory implements ArtifactStore {

        final Map<ArtifactId, Entry> stored = new ConcurrentSkipListMap<>(ORDER);
        private boolean closed;

        void put(ArtifactId id, Entry entry) {
            if (stored.putIfAbsent(id, entry) != null) {
                throw new ArtifactException(id.name() + " is there");
            }
        }

        @SuppressWarnings("UnusedVariable")
        void begun(ArtifactId id, ByteArrayOutputStream bytes) {
            // Nobody sees it yet.
        }

        @Override
        public ArtifactWriter create(ArtifactId id) {
            requireOpen();
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            begun(id, bytes);
            return new ArtifactWriter() {
                private boolean over;

                @Override
                public void write(byte[] some, int offset, int length) {
                    requireNotOver();
                    bytes.write(some, offset, length);
                }

                @Override
                public void commit() {
                    requireNotOver();
                    over = true;
                    put(id, new Entry(bytes, Instant.now()));
                }

                @Override
                public void close() {
                    over = true;
                }

                private void requireNotOver() {
                    if (over) {
                        throw new ArtifactException(id.name() + " is not written any more");
                    }
                }
            };
        }

        @Override
        public Optional<InputStream> open(ArtifactId id) {
            requireOpen();
            return Optional.ofNullable(stored.get(id))
                    .map(entry -> new ByteArrayInputStream(entry.bytes().toByteArray()));
        }

        @Override
        public List<StoredArtifact> list(RunId run) {
            requireOpen();
            return stored.entrySet().stream()
                    .filter(entry -> entry.getKey().run().equals(run))
                    .map(entry -> new StoredArtifact(
                            entry.getKey(),
                            entry.getValue().bytes().size(),
                            entry.getValue().at()))
                    .toList();
        }

        @Override
        public int delete(RunId run) {
            return remove(entry -> entry.getKey().run().equals(run));
        }

        @Override
        public int purge(Instant before) {
            return remove(entry -> entry.getValue().at().isBefore(before));
        }

        @Override
        public int maintain() {
            requireOpen();
            return 0;
        }

        @Override
        public void close() {
            closed = true;
        }

        int remove(Predicate<Map.Entry<ArtifactId, Entry>> which) {
            requireOpen();
            int before = stored.size();
            stored.entrySet().removeIf(which);
            return before - stored.size();
        }

        void requireOpen() {
            if (closed) {
                throw new ArtifactException("closed");
            }
        }
    }

    static class HoldsEverythingInMemory extends ArtifactStoreContract {
        @Override
        protected ArtifactStore open() {
            return new InMemory();
        }
    }

    static class WritesOver extends ArtifactStoreContract {
        @Override
        protected ArtifactStore open() {
            return new InMemory() {
                @Override
                void put(ArtifactId id, Entry entry) {
                    stored.put(id, entry);
                }
            };
        }
    }

    static class ShowsWhatIsNotWhole extends ArtifactStoreContract {
        @Override
        protected ArtifactStore open() {
            return new InMemory() {
                @Override
                void begun(ArtifactId id, ByteArrayOutputStream bytes) {
                    stored.put(id, new Entry(bytes, Instant.now()));
                }

                @Override
                void put(ArtifactId id, Entry entry) {
                    stored.put(id, entry);
                }
            };
        }
    }

    static class TakesOwnersForOne extends ArtifactStoreContract {
        @Override
        protected ArtifactStore open() {
            return new InMemory() {
                @Override
                public ArtifactWriter create(ArtifactId id) {
                    return super.create(of(id));
                }

                @Override
                public Optional<InputStream> open(ArtifactId id) {
                    return super.open(of(id));
                }

                private ArtifactId of(ArtifactId id) {
                    return new ArtifactId(id.run(), id.kind(), id.iteration(), id.number(), 0);
                }
            };
        }
    }

    static class DeletesTooMuch extends ArtifactStoreContract {
        @Override
        protected ArtifactStore open() {
            return new InMemory() {
                @Override
                public int delete(RunId run) {
                    int deleted = super.delete(run);
                    stored.clear();
                    return deleted;
                }
            };
        }
    }

    static class PurgesWhatIsOfThatMoment extends ArtifactStoreContract {
        @Override
        protected ArtifactStore open() {
            return new InMemory() {
                @Override
                public int purge(Instant before) {
                    return super.purge(before.plusNanos(1));
                }
            };
        }
    }

    static class AnswersWhenClosed extends ArtifactStoreContract {
        @Override
        protected ArtifactStore open() {
            return new InMemory() {
                @Override
                void requireOpen() {}
            };
        }
    }
}
