/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.process;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a launcher found out about the host by trying.
 *
 * @param mechanism what it uses
 * @param attempts what it tried, in order; the last one is the mechanism it uses
 * @param limitation what the mechanism cannot do, or null for a PID namespace
 * @param fix what to do on the host for a better one, or null
 */
public record ContainmentReport(
        ContainmentMechanism mechanism,
        List<Attempt> attempts,
        @Nullable String limitation,
        @Nullable String fix) {

    public ContainmentReport {
        attempts = List.copyOf(attempts);
    }

    public ContainmentLevel level() {
        return mechanism.level();
    }

    /** Whether a process can get away from the mechanism in use. */
    public boolean degraded() {
        return level() != ContainmentLevel.PID_NAMESPACE;
    }

    /**
     * One mechanism that was tried by really running something in it.
     *
     * @param mechanism the mechanism
     * @param problem why it cannot be used here, or null if it can
     */
    public record Attempt(
            ContainmentMechanism mechanism, @Nullable String problem) {

        public boolean usable() {
            return problem == null;
        }
    }
}
