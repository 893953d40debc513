/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import java.time.Instant;
import java.util.Locale;

/**
 * A file that is not in a checkpoint although no ignore rule names it.
 *
 * @param path relative to the top of the working tree, for people
 * @param reason why
 * @param bytes its size
 * @param modified when it was last changed
 */
public record LeftOut(String path, Reason reason, long bytes, Instant modified) {

    /** Why a file stays out. Rollback never touches such a file. */
    public enum Reason {
        /** Its name looks like that of a secret, and the current commit does not have it. */
        SECRET,
        /** It is untracked and larger than the limit. */
        TOO_LARGE,
        /** Git stores it through a filter program (Git LFS, git-crypt), which Ralph does not run. A copy that moves stores what is committed. */
        FILTERED,
        /** It may not be read. */
        UNREADABLE,
        /** Git refuses its name. */
        UNSTORABLE_NAME
    }

    /** Path and reason, for people. */
    String describe() {
        return path + " (" + reason.name().toLowerCase(Locale.ROOT).replace('_', ' ') + ")";
    }
}
