/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import java.util.List;

/**
 * Where {@code HEAD} and the index are to stand. Working files are not touched.
 *
 * @param commit the commit of the branch, or empty if the branch has none yet
 * @param branch the full name of the branch, or empty if none is checked out
 */
record Stand(String commit, String branch) {

    private static final String BRANCHES = "refs/heads/";
    private static final String UNBORN = BRANCHES + "main";

    /** The calls of git that put them there; each may run again. */
    List<List<String>> commands() {
        boolean named = branch.startsWith(BRANCHES);
        if (commit.isEmpty()) {
            String unborn = named ? branch : UNBORN;
            return List.of(
                    List.of("symbolic-ref", "HEAD", unborn),
                    List.of("update-ref", "-d", unborn),
                    List.of("read-tree", "--empty"));
        }
        List<String> index = List.of("read-tree", "--reset", commit);
        return named
                ? List.of(List.of("symbolic-ref", "HEAD", branch), List.of("update-ref", branch, commit), index)
                : List.of(List.of("update-ref", "--no-deref", "HEAD", commit), index);
    }
}
