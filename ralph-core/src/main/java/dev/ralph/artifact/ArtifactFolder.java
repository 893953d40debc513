/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.artifact;

import dev.ralph.ConfigurationException;
import dev.ralph.RunId;
import dev.ralph.spi.ArtifactId;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Where artifacts are: {@code 2026-11-25/<run>/attempt-3-1-e2.gz}, by the day in the run's id, so that what is past its
 * retention is found without looking at what is not. Names are made of numbers, never of texts from outside, and links
 * below the folder are not followed. Thread-safe.
 */
final class ArtifactFolder {

    private static final String UNFINISHED = "unfinished";
    private static final String OTHER = "other";
    private static final String SUFFIX = ".gz";
    private static final int TIME_VERSION = 7;

    private final Path root;
    private final boolean posix;

    private ArtifactFolder(Path root, boolean posix) {
        this.root = root;
        this.posix = posix;
    }

    /** Is told of each artifact of a run. */
    interface Visitor {
        void artifact(ArtifactId id, Path file, BasicFileAttributes attributes) throws IOException;
    }

    static ArtifactFolder open(Path directory) {
        Path root = directory.toAbsolutePath().normalize();
        try {
            Path existing = root;
            while (!Files.exists(existing) && existing.getParent() != null) {
                existing = existing.getParent();
            }
            boolean posix = Files.getFileStore(existing).supportsFileAttributeView("posix");
            ArtifactFolder folder = new ArtifactFolder(root, posix);
            Files.createDirectories(root, folder.privately("rwx------"));
            folder.requireOwn();
            folder.makeDirectory(folder.unfinished());
            return folder;
        } catch (IOException e) {
            throw new ConfigurationException(
                    "the artifact folder " + root + " cannot be used (" + e
                            + "); name one that this user may write to, or set RALPH_ARTIFACTS=none",
                    e);
        }
    }

    Path root() {
        return root;
    }

    /** Where artifacts are that are not whole yet. */
    Path unfinished() {
        return root.resolve(UNFINISHED);
    }

    Path file(ArtifactId id) {
        return directory(id.run()).resolve(id.name() + SUFFIX);
    }

    /** What only this user may read. */
    FileAttribute<?>[] privateFile() {
        return privately("rw-------");
    }

    /** Makes the folder of a run; another process may remove it again while it is empty. */
    void makeDirectoryOf(RunId run) throws IOException {
        makeDirectory(directory(run));
    }

    /**
     * Makes what is in the folder of a run outlast a power cut: the names too, which a file's own {@code force} does not.
     * Where folders cannot be opened, the file system has to see to that.
     */
    void persist(RunId run) throws IOException {
        if (posix) {
            for (Path changed : List.of(directory(run), day(run), root)) {
                try (FileChannel names = FileChannel.open(changed, StandardOpenOption.READ)) {
                    names.force(true);
                }
            }
        }
    }

    void visit(RunId run, Visitor visitor) throws IOException {
        for (Path file : children(directory(run))) {
            String name = file.getFileName().toString();
            Optional<ArtifactId> id = name.endsWith(SUFFIX)
                    ? ArtifactId.of(run, name.substring(0, name.length() - SUFFIX.length()))
                    : Optional.empty();
            if (id.isPresent()) {
                try {
                    visitor.artifact(
                            id.get(),
                            file,
                            Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
                } catch (NoSuchFileException e) {
                    // Somebody else deleted it meanwhile.
                }
            }
        }
    }

    /** The runs that may have artifacts from before a moment: those of later days have none. */
    List<RunId> runsBefore(Instant moment) throws IOException {
        LocalDate last = LocalDate.ofInstant(moment, ZoneOffset.UTC);
        List<RunId> runs = new ArrayList<>();
        for (Path day : children(root)) {
            if (isNotAfter(day.getFileName().toString(), last)) {
                for (Path run : children(day)) {
                    runId(run.getFileName().toString()).ifPresent(runs::add);
                }
            }
        }
        return runs;
    }

    void removeIfEmpty(RunId run) throws IOException {
        try {
            Files.deleteIfExists(directory(run));
            Files.deleteIfExists(day(run));
        } catch (DirectoryNotEmptyException e) {
            // In use: by another run of that day, or by one that is at work.
        }
    }

    private void requireOwn() throws IOException {
        if (!Files.isDirectory(root) || !Files.isWritable(root)) {
            throw new IOException("it is no folder, or not writable");
        }
        if (posix) {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(root);
            if (permissions.contains(PosixFilePermission.OTHERS_WRITE)
                    || permissions.contains(PosixFilePermission.GROUP_WRITE)) {
                throw new IOException("others may write to it: " + PosixFilePermissions.toString(permissions)
                        + "; take that away, as 'chmod 700' does");
            }
        }
    }

    private void makeDirectory(Path directory) throws IOException {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectories(directory, privately("rwx------"));
        }
    }

    private Path directory(RunId run) {
        return day(run).resolve(run.toString());
    }

    private Path day(RunId run) {
        UUID id = run.value();
        Instant submitted = Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16);
        return root.resolve(
                id.version() == TIME_VERSION
                        ? LocalDate.ofInstant(submitted, ZoneOffset.UTC).toString()
                        : OTHER);
    }

    private static boolean isNotAfter(String name, LocalDate last) {
        if (name.equals(OTHER)) {
            return true;
        }
        try {
            return !LocalDate.parse(name).isAfter(last);
        } catch (DateTimeParseException noDay) {
            return false;
        }
    }

    private static Optional<RunId> runId(String name) {
        try {
            UUID id = UUID.fromString(name);
            return id.toString().equals(name) ? Optional.of(new RunId(id)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static List<Path> children(Path directory) throws IOException {
        List<Path> children = new ArrayList<>();
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            return children;
        }
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            stream.forEach(children::add);
        } catch (NoSuchFileException | NotDirectoryException e) {
            // Removed meanwhile.
            return List.of();
        }
        return children;
    }

    private FileAttribute<?>[] privately(String permissions) {
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
