/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spi;

/**
 * What a gate says.
 *
 * @param passed whether the claim stands
 * @param feedback what the agent is told if it does not: what is wrong, in a few lines
 */
public record GateVerdict(boolean passed, String feedback) {

    public static GateVerdict pass() {
        return new GateVerdict(true, "");
    }

    public static GateVerdict reject(String feedback) {
        return new GateVerdict(false, feedback);
    }
}
