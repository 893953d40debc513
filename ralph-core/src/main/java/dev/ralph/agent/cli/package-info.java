/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * What adapters of streaming command-line clients have in common: launching the client, its environment and secrets, its
 * JSON lines, its settings, how it ended, what it cost.
 */
@NullMarked
package dev.ralph.agent.cli;

import org.jspecify.annotations.NullMarked;
