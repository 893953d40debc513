/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spi;

/** Makes the source of one kind of workspace; its id is the {@link dev.ralph.WorkspaceRef#type}. */
public interface WorkspaceProvider extends Provider<WorkspaceSource> {}
