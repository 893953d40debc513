/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.health;

/**
 * Tells how a node is. The three questions have different answers: a node that lost its database, or whose disk is full, is
 * not ready, but it is alive, and killing it would help nobody.
 *
 * <p>Thread-safe. Each call blocks until every probe it needs has answered or timed out, at most for the longest of their
 * time-outs, and not at all while their last answers hold. However many ask at once, each probe is asked once. Throws nothing;
 * an interrupted caller waits for nobody, and what had not answered by then is told as down.
 */
public interface Health {

    /** Whether the process can go on at all. Not healthy: replace it. Does not ask probes of another impact. */
    HealthReport live();

    /** Whether the node can take work. Not healthy: send it none, and wait. An orchestrator that is closing takes none. */
    HealthReport ready();

    /** Everything, for people: not healthy if any check is down. */
    HealthReport full();
}
