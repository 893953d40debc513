/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.worker;

/** Why work in flight is interrupted. */
enum Cutoff {
    /** The run was cancelled. */
    CANCELLED,
    /** The node closes and its deadline has come. */
    SHUTDOWN,
    /** The attempt used up its tokens. */
    TOKENS,
    /** The attempt used up its money. */
    COST,
    /** The run belongs to another node now, or soon will: end at once, write nothing. */
    LEASE_LOST
}
