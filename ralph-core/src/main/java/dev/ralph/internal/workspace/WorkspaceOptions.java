/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import dev.ralph.InvalidValueException;
import dev.ralph.VersionControl;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * How a workspace is opened.
 *
 * @param versionControl whether git is used
 * @param secretNames file and directory names that are never stored, with {@code *} and {@code ?}, whatever their case
 * @param maxUntrackedBytes an untracked file larger than this is not stored in checkpoints
 * @param maxFiles how many files a fingerprint without git looks at
 * @param timeout the longest that one git call, or one fingerprint without git, may take
 * @param clock tells the time of checkpoints
 * @param moves whether it is a copy that may be made anew on another node from a checkpoint alone, so that a checkpoint holds
 *     a file behind a filter as the current commit has it
 */
public record WorkspaceOptions(
        VersionControl versionControl,
        List<String> secretNames,
        long maxUntrackedBytes,
        int maxFiles,
        Duration timeout,
        InstantSource clock,
        boolean moves) {

    /** The names of {@link #defaults()}. */
    public static final List<String> DEFAULT_SECRET_NAMES = List.of(
            ".env",
            "*.env",
            ".env.*",
            "*.env.*",
            ".envrc",
            "*.pem",
            "*.key",
            "*.p12",
            "*.pfx",
            "*.jks",
            "*.keystore",
            "*.kdbx",
            "id_rsa*",
            "id_dsa*",
            "id_ecdsa*",
            "id_ed25519*",
            ".npmrc",
            ".netrc",
            "_netrc",
            ".pypirc",
            ".pgpass",
            ".htpasswd",
            ".git-credentials",
            "credentials",
            "credentials*.json",
            "service-account*.json");

    /**
     * Checks the values.
     *
     * @throws InvalidValueException if a value is outside its range
     */
    public WorkspaceOptions {
        secretNames = List.copyOf(secretNames);
        for (String name : secretNames) {
            if (name.isEmpty() || !name.chars().allMatch(c -> c > 0x20 && c < 0x7f && "/\\[]!#\"".indexOf(c) < 0)) {
                throw new InvalidValueException(
                        "secretNames",
                        name,
                        "is no file name pattern; use printable ASCII without / \\ [ ] ! # or quotes, * and ? are"
                                + " wildcards");
            }
        }
        if (maxUntrackedBytes < 0) {
            throw new InvalidValueException("maxUntrackedBytes", maxUntrackedBytes, "is negative; use 0 or more bytes");
        }
        if (maxFiles < 1) {
            throw new InvalidValueException("maxFiles", maxFiles, "is too small; use 1 or more");
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw new InvalidValueException("timeout", timeout, "is too short; use more than zero");
        }
    }

    /**
     * Git where the directory is in a repository, the default secret names, 50 MiB, 100,000 files, two minutes.
     *
     * @return the defaults
     */
    public static WorkspaceOptions defaults() {
        return new WorkspaceOptions(
                VersionControl.AUTO,
                DEFAULT_SECRET_NAMES,
                50L << 20,
                100_000,
                Duration.ofMinutes(2),
                InstantSource.system(),
                false);
    }

    /**
     * These options with another choice of version control.
     *
     * @param choice whether git is used
     * @return a changed copy
     */
    public WorkspaceOptions withVersionControl(VersionControl choice) {
        return new WorkspaceOptions(choice, secretNames, maxUntrackedBytes, maxFiles, timeout, clock, moves);
    }

    /**
     * These options with another limit for untracked files.
     *
     * @param bytes the largest untracked file that is stored
     * @return a changed copy
     */
    public WorkspaceOptions withMaxUntrackedBytes(long bytes) {
        return new WorkspaceOptions(versionControl, secretNames, bytes, maxFiles, timeout, clock, moves);
    }

    /**
     * These options with another limit for fingerprints without git.
     *
     * @param files how many files are looked at
     * @return a changed copy
     */
    public WorkspaceOptions withMaxFiles(int files) {
        return new WorkspaceOptions(versionControl, secretNames, maxUntrackedBytes, files, timeout, clock, moves);
    }

    /**
     * These options with another time limit.
     *
     * @param limit for one git call, or one fingerprint without git
     * @return a changed copy
     */
    public WorkspaceOptions withTimeout(Duration limit) {
        return new WorkspaceOptions(versionControl, secretNames, maxUntrackedBytes, maxFiles, limit, clock, moves);
    }

    /**
     * These options with another clock.
     *
     * @param source tells the time of checkpoints
     * @return a changed copy
     */
    public WorkspaceOptions withClock(InstantSource source) {
        return new WorkspaceOptions(versionControl, secretNames, maxUntrackedBytes, maxFiles, timeout, source, moves);
    }

    /**
     * These options for a copy that may be made anew on another node: git, in any case.
     *
     * @return a changed copy
     */
    public WorkspaceOptions thatMoves() {
        return new WorkspaceOptions(VersionControl.GIT, secretNames, maxUntrackedBytes, maxFiles, timeout, clock, true);
    }
}
