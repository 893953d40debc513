/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph;

/** How an attempt stands. */
public enum AttemptStatus {
    /** Launched, or about to be; its spend is reserved. */
    IN_FLIGHT,
    /** The agent came to an end by itself and reported no failure. */
    SUCCEEDED,
    /** The agent failed; see the failure class. */
    FAILED,
    /** Ralph ended it: cancellation, shutdown, or the allowance was used up. */
    INTERRUPTED,
    /** Its node died; nobody knows how it ended. Charged as unknown. */
    ABANDONED
}
