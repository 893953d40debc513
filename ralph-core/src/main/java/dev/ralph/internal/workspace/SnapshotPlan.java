/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Decides for the files of one snapshot which are stored, which leave the private index, and which stay out. */
final class SnapshotPlan {

    private static final String ATTRIBUTES_FILE = ".gitattributes";

    private final Repository repository;
    private final SecretNames secrets;
    private final TrackedFiles tracked;
    private final WorkingTree tree;
    private final Set<String> filters;
    private final String head;
    private final Set<GitPath> gone = new TreeSet<>();
    private final Set<GitPath> candidates = new TreeSet<>();
    private final Set<GitPath> mayBeStored = new HashSet<>();
    private final Set<GitPath> removals = new TreeSet<>();
    private final Set<GitPath> additions = new TreeSet<>();
    private final Map<GitPath, LeftOut> leftOut = new TreeMap<>();
    private String asCommitted = "";
    private @Nullable Set<GitPath> allTracked;

    SnapshotPlan(Repository repository, SecretNames secrets, TrackedFiles tracked, SnapshotListing listing) {
        this.repository = repository;
        this.secrets = secrets;
        this.tracked = tracked;
        this.filters = listing.filters();
        this.head = listing.head().commit();
        this.tree = new WorkingTree(repository.top());
        gone.addAll(listing.hidden());
        gone.removeAll(tracked.welcome());
        candidates.addAll(tracked.welcome());
        candidates.removeAll(listing.hidden());
        candidates.addAll(listing.changed());
        candidates.removeAll(gone);
        for (GitPath path : listing.changed()) {
            if (!tree.look(path).isContent()) {
                gone.add(path);
            }
        }
        mayBeStored.addAll(listing.hidden());
        mayBeStored.addAll(listing.changed());
        mayBeStored.removeAll(gone);
    }

    /** Files that leave the private index because they are no longer there or no longer belong to the content. */
    Set<GitPath> gone() {
        return gone;
    }

    /** Adds files that the private index does not have and no rule ignores. */
    void addUntracked(Collection<GitPath> paths) {
        candidates.addAll(paths);
    }

    /** All files of the private index, to be judged anew. */
    void addStored(Collection<GitPath> paths) {
        candidates.addAll(paths);
        mayBeStored.addAll(paths);
    }

    /** Whether rules for filters may have changed, which concerns files that did not. */
    boolean changesAttributes() {
        return !filters.isEmpty()
                && candidates.stream().anyMatch(path -> path.fileName().equals(ATTRIBUTES_FILE));
    }

    void decide() throws InterruptedException {
        Map<GitPath, WorkingTree.Entry> present = new HashMap<>();
        for (GitPath path : candidates) {
            WorkingTree.Entry entry = tree.look(path);
            if (entry.isContent()) {
                present.put(path, entry);
            } else {
                drop(path);
            }
        }
        Set<GitPath> filtered = FilteredFiles.among(repository, filters, present.keySet());
        CommittedFilters committed = committed(present, filtered);
        Set<GitPath> pinned = new TreeSet<>();
        for (Map.Entry<GitPath, WorkingTree.Entry> file : present.entrySet()) {
            LeftOut.Reason reason = reasonToLeaveOut(file.getKey(), file.getValue(), filtered);
            boolean isCommitted =
                    reason == LeftOut.Reason.FILTERED && committed.entries().containsKey(file.getKey());
            if (reason == null) {
                additions.add(file.getKey());
            } else if (isCommitted) {
                pinned.add(file.getKey());
                if (!committed.same().contains(file.getKey())) {
                    note(file.getKey(), file.getValue(), reason);
                }
            } else {
                leave(file.getKey(), file.getValue(), reason);
            }
        }
        asCommitted = committed.indexInfo(pinned);
    }

    /** Only where a copy is made from a checkpoint alone; elsewhere a rollback would write pointers over content. */
    private CommittedFilters committed(Map<GitPath, WorkingTree.Entry> present, Set<GitPath> filtered)
            throws InterruptedException {
        Set<GitPath> all = new TreeSet<>(filtered);
        if (!repository.options().moves()) {
            all.clear();
        }
        Set<GitPath> regular = new TreeSet<>(all);
        regular.removeIf(path -> {
            WorkingTree.Entry entry = present.get(path);
            return entry == null || entry.kind() != WorkingTree.Kind.FILE;
        });
        return CommittedFilters.of(repository, head, regular, all);
    }

    private LeftOut.@Nullable Reason reasonToLeaveOut(GitPath path, WorkingTree.Entry entry, Set<GitPath> filtered)
            throws InterruptedException {
        if (secrets.matches(path) && !tracked.welcome().contains(path)) {
            return LeftOut.Reason.SECRET;
        }
        if (entry.kind() == WorkingTree.Kind.UNREADABLE) {
            return LeftOut.Reason.UNREADABLE;
        }
        if (filtered.contains(path)) {
            return LeftOut.Reason.FILTERED;
        }
        if (entry.size() > repository.options().maxUntrackedBytes() && !isTracked(path)) {
            return LeftOut.Reason.TOO_LARGE;
        }
        return null;
    }

    private boolean isTracked(GitPath path) throws InterruptedException {
        if (allTracked == null) {
            allTracked = new HashSet<>(tracked.all());
        }
        return allTracked.contains(path);
    }

    private void leave(GitPath path, WorkingTree.Entry entry, LeftOut.Reason reason) {
        note(path, entry, reason);
        drop(path);
    }

    private void note(GitPath path, WorkingTree.Entry entry, LeftOut.Reason reason) {
        leftOut.put(path, new LeftOut(path.toString(), reason, entry.size(), entry.modified()));
    }

    private void drop(GitPath path) {
        if (mayBeStored.contains(path)) {
            removals.add(path);
        }
    }

    Set<GitPath> removals() {
        return removals;
    }

    Set<GitPath> additions() {
        return additions;
    }

    /** Files that are stored as the current commit has them: input for {@code update-index --index-info}. */
    String asCommitted() {
        return asCommitted;
    }

    List<LeftOut> leftOut() {
        return List.copyOf(leftOut.values());
    }

    /** Describes files that had to be left out after all. */
    List<LeftOut> describe(Collection<GitPath> paths, LeftOut.Reason reason) {
        List<LeftOut> more = new ArrayList<>();
        for (GitPath path : paths) {
            WorkingTree.Entry entry = tree.look(path);
            more.add(new LeftOut(path.toString(), reason, entry.size(), entry.modified()));
        }
        return more;
    }
}
