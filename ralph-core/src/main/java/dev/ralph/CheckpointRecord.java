/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph;

import java.time.Instant;

/**
 * A state of the workspace one can go back to.
 *
 * @param number its number within the run, from 0: the state before the first attempt
 * @param iteration the last iteration it contains, 0 for the state before the first
 * @param ref the hidden git ref it stands on
 * @param commit the commit id
 * @param at when it was made
 */
public record CheckpointRecord(int number, int iteration, String ref, String commit, Instant at) {}
