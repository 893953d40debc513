/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import java.util.List;

/**
 * The content of a workspace at one moment, stored as a git tree.
 *
 * @param tree the tree, from the top of the working tree, holding only the workspace
 * @param head where the user's branch stood
 * @param leftOut what was not stored, in the order of its paths
 */
record Snapshot(String tree, Repository.Head head, List<LeftOut> leftOut) {

    Snapshot {
        leftOut = List.copyOf(leftOut);
    }

    /** Says whether two snapshots differ, including in files that are not stored, and in commits and branch. */
    Fingerprint fingerprint() {
        Digest digest = new Digest().add(tree).add(head.commit()).add(head.branch());
        for (LeftOut file : leftOut) {
            digest.add(file.path()).add(file.reason().name()).add(file.bytes());
            digest.add(file.modified().toString());
        }
        return new Fingerprint("git:" + digest.hex(), null);
    }
}
