/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import java.util.ArrayList;
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

    private final Repository repository;
    private final SecretNames secrets;
    private final Set<GitPath> welcome;

    private TrackedFiles(Repository repository, SecretNames secrets, Set<GitPath> welcome) {
        this.repository = repository;
        this.secrets = secrets;
        this.welcome = welcome;
    }

    static TrackedFiles read(Repository repository, SecretNames secrets, Repository.Head head)
            throws InterruptedException {
        List<String> arguments = new ArrayList<>(listHidden(secrets));
        arguments.add("-v");
        Set<GitPath> welcome = new TreeSet<>();
        Set<GitPath> doubtful = new HashSet<>();
        for (String line : repository.gitInScope(arguments).complete()) {
            char tag = line.charAt(0);
            GitPath path = GitPath.parse(line.substring(2));
            if (!secrets.matches(path)) {
                welcome.add(path);
            } else if (tag == 'H' || tag == 'M') {
                doubtful.add(path);
            }
        }
        if (!doubtful.isEmpty() && !head.commit().isEmpty()) {
            doubtful.retainAll(SnapshotTaker.paths(
                    repository.gitInScope(List.of("ls-tree", "-r", "--full-tree", "--name-only", head.commit()))));
            welcome.addAll(doubtful);
        }
        return new TrackedFiles(repository, secrets, welcome);
    }

    /** The files that belong to the content although a rule or their name says otherwise. */
    Set<GitPath> welcome() {
        return welcome;
    }

    /** Arguments that list what an index has although a rule or its name says otherwise. */
    List<String> listHidden() {
        return listHidden(secrets);
    }

    /** All files that the user's index has. */
    Collection<GitPath> all() throws InterruptedException {
        return SnapshotTaker.paths(repository.gitInScope(List.of("ls-files", "--cached")));
    }

    private static List<String> listHidden(SecretNames secrets) {
        List<String> arguments = new ArrayList<>(List.of("ls-files", "--cached", "--ignored", "--exclude-standard"));
        arguments.addAll(secrets.gitArguments());
        return arguments;
    }
}
