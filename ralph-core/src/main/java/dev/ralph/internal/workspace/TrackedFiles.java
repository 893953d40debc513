/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Files that an ignore rule or a secret-looking name would keep out of a snapshot, but that the user's repository has.
 *
 * <p>An ignored file belongs to the content if the user's index has it. A secret-looking one only if the current commit has
 * it, so that an agent's {@code git add} does not bring it in, and if it is not marked skip-worktree or assume-unchanged,
 * which is how people keep private values in a tracked template.
 */
final class TrackedFiles {

    private static final char TAG_NORMAL = 'H';
    private static final char TAG_UNMERGED = 'M';

    private final Repository repository;
    private final Set<GitPath> welcome;

    private TrackedFiles(Repository repository, Set<GitPath> welcome) {
        this.repository = repository;
        this.welcome = welcome;
    }

    static TrackedFiles of(SnapshotListing listing, Repository repository, SecretNames secrets)
            throws InterruptedException {
        Set<GitPath> welcome = new TreeSet<>();
        Set<GitPath> doubtful = new HashSet<>();
        for (String line : listing.tracked()) {
            char tag = line.charAt(0);
            GitPath path = GitPath.parse(line.substring(2));
            if (!secrets.matches(path)) {
                welcome.add(path);
            } else if (tag == TAG_NORMAL || tag == TAG_UNMERGED) {
                doubtful.add(path);
            }
        }
        String commit = listing.head().commit();
        if (!doubtful.isEmpty() && !commit.isEmpty()) {
            doubtful.retainAll(SnapshotListing.paths(
                    repository.gitInScope(List.of("ls-tree", "-r", "--full-tree", "--name-only", commit))));
            welcome.addAll(doubtful);
        }
        return new TrackedFiles(repository, welcome);
    }

    /** The files that belong to the content although a rule or their name says otherwise. */
    Set<GitPath> welcome() {
        return welcome;
    }

    /** All files that the user's index has. */
    Collection<GitPath> all() throws InterruptedException {
        return SnapshotListing.paths(repository.gitInScope(List.of("ls-files", "--cached")));
    }
}
