/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spi;

import dev.ralph.GateRef;
import dev.ralph.gate.CommandGate;
import java.util.List;

/** A check that Ralph runs itself when an agent claims to be done. */
public interface Gate {

    /** Type, name and settings from which its {@link GateProvider} builds it again. */
    GateRef ref();

    /**
     * Checks the workspace. Blocks; on interruption it ends what it started and throws. May run more than once for the
     * same claim (after a takeover), so it must not change what it checks. An exception other than
     * {@link InterruptedException} counts as a rejection with the exception's message as feedback.
     */
    GateVerdict check(GateContext context) throws InterruptedException;

    /** A gate that passes when the command ends with exit code 0, with a time-out of 10 minutes. */
    static Gate command(String... command) {
        return CommandGate.of(List.of(command));
    }
}
