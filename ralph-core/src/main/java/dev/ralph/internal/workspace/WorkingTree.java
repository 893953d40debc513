/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Looks at files of a working tree as git does: never through a symbolic link. For one short pass over the tree. */
final class WorkingTree {

    private final Path top;
    private final Map<String, Boolean> realDirectories = new HashMap<>();

    WorkingTree(Path top) {
        this.top = top;
    }

    Entry look(GitPath path) {
        int parent = path.bytes().lastIndexOf('/');
        if (parent > 0 && !isRealDirectory(path.bytes().substring(0, parent))) {
            return Entry.ABSENT;
        }
        Path file = path.under(top);
        try {
            BasicFileAttributes found =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return new Entry(
                    kind(file, found), found.size(), found.lastModifiedTime().toInstant());
        } catch (NoSuchFileException e) {
            return Entry.ABSENT;
        } catch (IOException e) {
            // A parent that became a file is ENOTDIR, which the JDK reports without a type of its own.
            return Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                            || !Files.isReadable(file.toAbsolutePath().getParent())
                    ? new Entry(Kind.UNREADABLE, 0, Instant.EPOCH)
                    : Entry.ABSENT;
        }
    }

    private boolean isRealDirectory(String directory) {
        Boolean known = realDirectories.get(directory);
        if (known == null) {
            int parent = directory.lastIndexOf('/');
            known = (parent < 0 || isRealDirectory(directory.substring(0, parent)))
                    && Files.isDirectory(new GitPath(directory).under(top), LinkOption.NOFOLLOW_LINKS);
            realDirectories.put(directory, known);
        }
        return known;
    }

    private static Kind kind(Path file, BasicFileAttributes found) {
        if (found.isSymbolicLink()) {
            return Kind.LINK;
        }
        if (found.isDirectory()) {
            return Kind.DIRECTORY;
        }
        if (!found.isRegularFile()) {
            return Kind.OTHER;
        }
        return Files.isReadable(file) ? Kind.FILE : Kind.UNREADABLE;
    }

    enum Kind {
        ABSENT,
        FILE,
        LINK,
        DIRECTORY,
        OTHER,
        UNREADABLE
    }

    record Entry(Kind kind, long size, Instant modified) {

        static final Entry ABSENT = new Entry(Kind.ABSENT, 0, Instant.EPOCH);

        /** Whether git could store it. */
        boolean isContent() {
            return kind == Kind.FILE || kind == Kind.LINK || kind == Kind.UNREADABLE;
        }
    }
}
