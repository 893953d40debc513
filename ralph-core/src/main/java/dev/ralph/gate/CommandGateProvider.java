/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.gate;

import dev.ralph.GateRef;
import dev.ralph.spi.GateProvider;

/** Builds {@link CommandGate}s. */
public final class CommandGateProvider implements GateProvider {

    /** For the service loader. */
    public CommandGateProvider() {}

    @Override
    public String type() {
        return CommandGate.TYPE;
    }

    @Override
    public CommandGate create(GateRef ref) {
        return CommandGate.of(ref);
    }
}
