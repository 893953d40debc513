/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.health;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How full a disk is.
 *
 * @param used bytes
 * @param usable bytes this user may still write
 */
record DiskSpace(long used, long usable) {

    /** The disk that a folder is on. */
    static DiskSpace of(Path folder) throws IOException {
        FileStore store = Files.getFileStore(folder);
        return new DiskSpace(store.getTotalSpace() - store.getUnallocatedSpace(), store.getUsableSpace());
    }

    /** Of what this user may use at all, as {@code df} reckons, from 0 to 1; 0 for a disk that has no size. */
    double usedShare() {
        return used + usable <= 0 ? 0 : (double) used / (used + usable);
    }

    /** The same as people read it. */
    double usedPercent() {
        return Percent.of(usedShare());
    }
}
