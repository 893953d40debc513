/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spi;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How a stint ended, and so what the dispatcher does next. */
public sealed interface StintEnd {

    /** The run has ended; forget it. */
    record Over() implements StintEnd {}

    /**
     * Nothing to do for a time; no thread is held.
     *
     * @param delay when to work it again unless woken, or null: only when woken
     */
    record Parked(@Nullable Duration delay) implements StintEnd {}

    /** It cannot be worked here now: another owner, the workspace in use. Try again after the delay, or elsewhere. */
    record Busy(Duration delay, String why) implements StintEnd {}

    /**
     * This node cannot read its state: leave it to nodes that can, or try again after the delay if there is no other node.
     *
     * @param version of the state
     */
    record Unreadable(int version, Duration delay) implements StintEnd {}

    /** This node gave it back because it is closing; another node, or a later start of this one, goes on. */
    record HandedBack() implements StintEnd {}
}
