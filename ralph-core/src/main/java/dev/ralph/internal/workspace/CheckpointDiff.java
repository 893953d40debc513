/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

/**
 * The difference of two checkpoints.
 *
 * @param text in git's patch format; for people
 * @param cut whether the text was longer than asked for and ends early
 */
public record CheckpointDiff(String text, boolean cut) {}
