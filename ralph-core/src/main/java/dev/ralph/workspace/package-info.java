/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** The kinds of workspaces that come with Ralph: a directory, and a clone of a git remote. */
@NullMarked
package dev.ralph.workspace;

import org.jspecify.annotations.NullMarked;
