/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph;

/** How far an amount of money can be trusted. */
public enum CostKind {
    /** The agent reported what was charged. */
    BILLED,
    /** Computed from tokens and a price table, or a list price the agent computed itself. */
    ESTIMATED,
    /** Not reported; the amount is what the run's {@link UnknownUsage} policy charges for it. */
    UNKNOWN
}
