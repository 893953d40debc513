/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * The directory a run works in: whether it changed, its checkpoints, who holds it, and the prompt file in it.
 *
 * <p>Everything git does for Ralph happens here. Content is read and written through a private git directory whose
 * configuration Ralph wrote, so that nothing an agent put into the repository (filters, hooks, monitors) is run.
 */
@NullMarked
package dev.ralph.internal.workspace;

import org.jspecify.annotations.NullMarked;
