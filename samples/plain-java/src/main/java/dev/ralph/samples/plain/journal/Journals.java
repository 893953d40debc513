/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.journal;

import dev.ralph.InvalidValueException;
import dev.ralph.RunId;
import dev.ralph.StoreException;
import dev.ralph.spi.Store;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The journals of one folder, each replayed no earlier than somebody asks for its run. Not thread-safe. */
final class Journals {

    private static final Logger LOG = LoggerFactory.getLogger(Journals.class);
    private static final String SUFFIX = ".journal";

    private final Path folder;
    private final Store memory;
    private final SettableClock clock;
    private final RunLocks locks;
    private final JournalCodec codec = new JournalCodec();
    private final Map<RunId, RunJournal> open = new HashMap<>();
    private final Set<Path> complainedOf = new HashSet<>();

    Journals(Path folder, Store memory, SettableClock clock, RunLocks locks) {
        this.folder = folder;
        this.memory = memory;
        this.clock = clock;
        this.locks = locks;
    }

    /**
     * The journal of a run, replayed as far as it is written; null if there is none.
     *
     * @throws StoreException if it is damaged
     */
    @Nullable RunJournal find(RunId run) {
        RunJournal journal = open.get(run);
        if (journal == null) {
            if (!Files.exists(path(run))) {
                return null;
            }
            journal = make(run);
            open.put(run, journal);
        }
        journal.refresh();
        return journal;
    }

    /** The journal of a run that is known to have one. */
    RunJournal require(RunId run) {
        RunJournal journal = open.get(run);
        if (journal == null) {
            throw new IllegalStateException("run " + run + " has no journal");
        }
        return journal;
    }

    /** The journal of a run that has none yet, locked. */
    RunJournal add(RunId run) {
        RunJournal journal = make(run);
        if (!journal.tryLockNew()) {
            throw new StoreException("run " + run + " is being made by another process; try again");
        }
        open.put(run, journal);
        return journal;
    }

    /** Replays what is new in every journal. One that is damaged is left out, with a warning. */
    void refreshAll() {
        for (Path path : files()) {
            RunId run = runOf(path);
            if (run != null) {
                try {
                    find(run);
                } catch (StoreException e) {
                    if (complainedOf.add(path)) {
                        LOG.warn("A run is left out: {}", e.getMessage());
                    }
                }
            }
        }
    }

    void close() {
        List<StoreException> failures = new ArrayList<>();
        for (RunJournal journal : open.values()) {
            try {
                journal.close();
            } catch (StoreException e) {
                failures.add(e);
            }
        }
        open.clear();
        if (!failures.isEmpty()) {
            throw failures.get(0);
        }
    }

    private RunJournal make(RunId run) {
        return new RunJournal(run, new JournalFile(path(run), codec), new Replay(run, memory, clock), locks);
    }

    private Path path(RunId run) {
        return folder.resolve(run + SUFFIX);
    }

    private List<Path> files() {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
            entries.forEach(files::add);
        } catch (IOException e) {
            throw new StoreException("the folder " + folder + " cannot be read: " + e, e);
        }
        return files;
    }

    private static @Nullable RunId runOf(Path path) {
        String name = String.valueOf(path.getFileName());
        try {
            return RunId.parse(name.substring(0, name.length() - SUFFIX.length()));
        } catch (InvalidValueException e) {
            LOG.debug("{} is not named for a run and is left alone", path);
            return null;
        }
    }
}
