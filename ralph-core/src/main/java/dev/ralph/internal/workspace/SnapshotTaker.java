/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import dev.ralph.WorkspaceException;
import dev.ralph.WorkspaceException.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Stores the content of a workspace as a tree. What is stored depends on the workspace alone, not on earlier snapshots, so
 * that equal content gives equal trees.
 */
final class SnapshotTaker {

    private static final int ATTEMPTS = 3;
    private static final List<String> STORE = List.of("update-index", "--add", "--remove", "--replace", "--stdin");
    private static final List<String> STORE_AS_COMMITTED =
            List.of("update-index", "--add", "--replace", "--index-info");
    private static final String IGNORED_NAME = "Ignoring path ";

    private final Repository repository;
    private final SecretNames secrets;

    SnapshotTaker(Repository repository) {
        this.repository = repository;
        this.secrets = new SecretNames(repository.options().secretNames());
    }

    /**
     * Takes a snapshot; the area's index describes it afterwards.
     *
     * <p>Tries again when git fails: a file may have changed between listing and reading, and an index may name objects
     * that were pruned.
     */
    Snapshot take(SnapshotArea area) throws InterruptedException {
        area.takeIndex();
        for (int attempt = 1; ; attempt++) {
            try {
                return attempt(area);
            } catch (WorkspaceException e) {
                if (e.problem() != Problem.GIT_FAILED || attempt == ATTEMPTS) {
                    throw e;
                }
                area.dropIndex();
            }
        }
    }

    private Snapshot attempt(SnapshotArea area) throws InterruptedException {
        SnapshotListing listing = SnapshotListing.read(repository, area, secrets);
        TrackedFiles tracked = TrackedFiles.of(listing, repository, secrets);
        SnapshotPlan plan = new SnapshotPlan(repository, secrets, tracked, listing);
        remove(area, plan.gone());
        UntrackedFiles untracked = UntrackedFiles.complete(listing.untracked(), plan.gone(), area, repository);
        plan.addUntracked(untracked.paths());
        if (plan.changesAttributes()) {
            plan.addStored(SnapshotListing.paths(area.gitInScope(List.of("ls-files"))));
        }
        plan.decide();
        Set<GitPath> removals = new TreeSet<>(plan.removals());
        removals.addAll(untracked.anchors());
        if (plan.gone().isEmpty()
                && removals.isEmpty()
                && plan.additions().isEmpty()
                && plan.asCommitted().isEmpty()) {
            return new Snapshot(listing.tree().single(), listing.head(), plan.leftOut());
        }
        remove(area, removals);
        if (!plan.asCommitted().isEmpty()) {
            area.git(STORE_AS_COMMITTED, plan.asCommitted()).requireSuccess();
        }
        List<GitOutput> stored = repository
                .runner()
                .runAll(List.of(area.command(STORE, lines(plan.additions())), area.command(List.of("write-tree"), "")));
        List<LeftOut> leftOut = new ArrayList<>(plan.leftOut());
        leftOut.addAll(plan.describe(refused(stored.get(0).requireSuccess()), LeftOut.Reason.UNSTORABLE_NAME));
        return new Snapshot(stored.get(1).single(), listing.head(), leftOut);
    }

    private static void remove(SnapshotArea area, Collection<GitPath> paths) throws InterruptedException {
        if (!paths.isEmpty()) {
            area.git(List.of("update-index", "--force-remove", "--stdin"), lines(paths))
                    .requireSuccess();
        }
    }

    /** The files whose name git refused. */
    private static List<GitPath> refused(GitOutput stored) {
        return stored.errors()
                .lines()
                .filter(line -> line.startsWith(IGNORED_NAME))
                .map(line -> GitPath.of(line.substring(IGNORED_NAME.length())))
                .toList();
    }

    private static String lines(Collection<GitPath> paths) {
        return paths.stream().map(path -> path.quoted() + "\n").collect(Collectors.joining());
    }
}
