/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.artifact;

import dev.ralph.ArtifactException;
import dev.ralph.ConfigurationException;
import dev.ralph.InvalidValueException;
import dev.ralph.RunId;
import dev.ralph.spi.ArtifactId;
import dev.ralph.spi.ArtifactStore;
import dev.ralph.spi.ArtifactWriter;
import dev.ralph.spi.StoredArtifact;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps artifacts as files of one folder, which several processes may share: a folder for each day, in it one for each run
 * submitted that day, in it a file for each artifact. Only this user can look into them. An artifact is written under
 * another name and renamed once it is whole and on the disk, so it is there or it is not, also after a crash; what a crash
 * leaves, of whatever run, is removed when the folder is opened next, by {@link #maintain}, and by {@link #delete}, but for
 * what was begun less than a minute before.
 *
 * <p>Thread-safe. A folder on this node's disk is not seen by other nodes; a mounted one that all of them share is.
 */
public final class FileArtifactStore implements ArtifactStore {

    private static final Comparator<StoredArtifact> ORDER = Comparator.comparing(
            StoredArtifact::id,
            Comparator.comparing(ArtifactId::kind)
                    .thenComparing(ArtifactId::iteration)
                    .thenComparing(ArtifactId::number)
                    .thenComparing(ArtifactId::epoch));

    private final ArtifactFolder folder;
    private final Leftovers leftovers;
    private final @Nullable Duration retention;
    private final InstantSource clock;
    private volatile boolean closed;

    /**
     * Keeps artifacts until somebody deletes them.
     *
     * @throws ConfigurationException as the other constructor does
     */
    public FileArtifactStore(Path directory) {
        this(directory, null, InstantSource.system());
    }

    /**
     * Makes the folder if it is not there, and removes what writers that died left in it.
     *
     * @param directory the folder, which holds nothing else and is in no workspace: an output would be a change there
     * @param retention after which {@link #maintain} deletes an artifact; null for never
     * @param clock by which it reckons
     * @throws InvalidValueException if the retention is not longer than zero
     * @throws ConfigurationException if the folder cannot be made or written, or others than its owner may write to it
     */
    public FileArtifactStore(Path directory, @Nullable Duration retention, InstantSource clock) {
        if (retention != null && (retention.isZero() || retention.isNegative())) {
            throw new InvalidValueException("artifacts.retention", retention, "must be longer than zero");
        }
        this.retention = retention;
        this.clock = clock;
        this.folder = ArtifactFolder.open(directory);
        this.leftovers = new Leftovers(folder.unfinished());
        leftovers.remove();
    }

    @Override
    public Set<Path> diskFolders() {
        return Set.of(folder.root());
    }

    @Override
    public ArtifactWriter create(ArtifactId id) {
        ensureOpen();
        Path target = folder.file(id);
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw FileArtifactWriter.exists(id);
        }
        return new FileArtifactWriter(id, folder, target);
    }

    @Override
    public Optional<InputStream> open(ArtifactId id) {
        ensureOpen();
        try {
            return Optional.of(Files.newInputStream(folder.file(id), LinkOption.NOFOLLOW_LINKS));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw failed("artifact " + id.name() + " of run " + id.run() + " cannot be read", e);
        }
    }

    @Override
    public List<StoredArtifact> list(RunId run) {
        ensureOpen();
        List<StoredArtifact> found = new ArrayList<>();
        try {
            folder.visit(run, (id, file, attributes) -> found.add(stored(id, attributes)));
        } catch (IOException e) {
            throw failed("the artifacts of run " + run + " cannot be listed", e);
        }
        found.sort(ORDER);
        return List.copyOf(found);
    }

    @Override
    public int delete(RunId run) {
        ensureOpen();
        // What a writer that died left does not say of which run it is.
        leftovers.remove();
        AtomicInteger deleted = new AtomicInteger();
        try {
            folder.visit(run, (id, file, attributes) -> {
                if (Files.deleteIfExists(file)) {
                    deleted.incrementAndGet();
                }
            });
            folder.removeIfEmpty(run);
        } catch (IOException e) {
            throw failed("the artifacts of run " + run + " cannot all be deleted", e);
        }
        return deleted.get();
    }

    @Override
    public int purge(Instant before) {
        ensureOpen();
        AtomicInteger deleted = new AtomicInteger();
        try {
            for (RunId run : folder.runsBefore(before)) {
                folder.visit(run, (id, file, attributes) -> {
                    if (attributes.lastModifiedTime().toInstant().isBefore(before) && Files.deleteIfExists(file)) {
                        deleted.incrementAndGet();
                    }
                });
                folder.removeIfEmpty(run);
            }
        } catch (IOException e) {
            throw failed("artifacts from before " + before + " cannot all be deleted", e);
        }
        return deleted.get();
    }

    @Override
    public int maintain() {
        ensureOpen();
        leftovers.remove();
        return retention == null ? 0 : purge(clock.instant().minus(retention));
    }

    @Override
    public void close() {
        closed = true;
    }

    private void ensureOpen() {
        if (closed) {
            throw new ArtifactException("this artifact store is closed; make another one");
        }
    }

    private static StoredArtifact stored(ArtifactId id, BasicFileAttributes attributes) {
        return new StoredArtifact(
                id, attributes.size(), attributes.lastModifiedTime().toInstant());
    }

    private static ArtifactException failed(String what, IOException cause) {
        return new ArtifactException(what + " (" + cause + "); check the folder's permissions and its disk", cause);
    }
}
