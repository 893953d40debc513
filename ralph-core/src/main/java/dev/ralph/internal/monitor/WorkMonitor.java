/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.monitor;

import dev.ralph.RunId;
import dev.ralph.spi.Claim;
import dev.ralph.spi.Lease;
import dev.ralph.spi.Step;
import java.time.Duration;

/**
 * Hears what happens on this node, on the threads it happens on. Implementations are thread-safe, do not block, and overwrite
 * what they want to hear. What they throw is logged and harms nobody.
 */
public interface WorkMonitor {

    /** A run was stored that was not there. */
    default void submitted() {}

    /** This node took a run up. */
    default void claimed(Claim.Granted claim) {}

    /** This node gave a run back, or its hold on it is over. */
    default void released(Lease lease) {}

    /** A step was committed; told once, however often it had to be repeated. */
    default void committed(Lease lease, Step step) {}

    /** A shared budget was defined or asked for room. */
    default void budgetUsed(String name) {}

    /** A run at work was given up, because its lease is lost. */
    default void leaseLost(RunId run) {}

    /** An agent or gate of a run at work gave a sign of life. */
    default void heard(RunId run) {}

    /** A checkpoint was made and published, or failed. */
    default void checkpointed(boolean made, Duration took) {}

    /**
     * The store was called.
     *
     * @param answered whether it could do what was asked; that a lease is lost or a run is not there is an answer too
     */
    default void storeCalled(StoreCall call, boolean answered, long nanos) {}

    /** An activity event was dropped, because a listener is too slow. */
    default void activityDropped() {}
}
