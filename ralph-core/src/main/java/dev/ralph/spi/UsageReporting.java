/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spi;

/** How much an adapter tells of an attempt's usage before it ends. */
public enum UsageReporting {
    /** Usage streams while the agent works, so that an allowance is enforced within an attempt. */
    STREAMED,
    /** Some of it streams; the rest comes at the end. */
    PARTIAL,
    /** It comes at the end only, or never: an attempt is bounded by its time-outs. */
    FINAL
}
