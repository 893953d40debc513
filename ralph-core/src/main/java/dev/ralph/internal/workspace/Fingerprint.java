/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The state of a workspace in one short text, to tell whether it changed.
 *
 * @param value equal for equal states; may be stored and compared later, also on another host for git workspaces
 * @param incompleteBecause why not everything was looked at, or null if everything was
 */
public record Fingerprint(String value, @Nullable String incompleteBecause) {

    /** Checks the value. */
    public Fingerprint {
        Objects.requireNonNull(value, "value");
    }

    /**
     * Why not everything was looked at.
     *
     * @return a sentence for people, or empty if the fingerprint covers the whole workspace
     */
    public Optional<String> incomplete() {
        return Optional.ofNullable(incompleteBecause);
    }

    /**
     * Whether the workspace is certainly the same as it was. Never true for an incomplete fingerprint, so that a run is
     * not called stalled because Ralph could not look.
     *
     * @param earlier the fingerprint from before
     * @return true only if both are complete and equal
     */
    public boolean provesUnchangedSince(Fingerprint earlier) {
        return incompleteBecause == null && earlier.incompleteBecause == null && value.equals(earlier.value);
    }
}
