/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Runs other people's programs so that nothing they start outlives them or their host, and nothing they print exhausts
 * the host's memory. Usable on its own: see {@link dev.ralph.process.ProcessLauncher}.
 */
@NullMarked
package dev.ralph.process;

import org.jspecify.annotations.NullMarked;
