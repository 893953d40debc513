/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spi;

import dev.ralph.RunId;
import java.util.UUID;

/**
 * The right to write to a run. What decides is the token; the epoch only orders owners.
 *
 * @param run the run
 * @param owner the node
 * @param token random, new with every claim
 * @param epoch one more with every claim
 */
public record Lease(RunId run, String owner, UUID token, long epoch) {}
