/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * Contract tests for implementations of Ralph's service provider interfaces.
 *
 * <ul>
 *   <li>{@link dev.ralph.tck.StoreContract} for a {@link dev.ralph.spi.Store}, {@link dev.ralph.tck.RunStoreContract} for one
 *       that shares no budgets
 *   <li>{@link dev.ralph.tck.AgentAdapterContract} for an {@link dev.ralph.spi.AgentAdapter}, with
 *       {@link dev.ralph.tck.AgentScript} to write the agents it is tried with
 *   <li>{@link dev.ralph.tck.ArtifactStoreContract} for an {@link dev.ralph.spi.ArtifactStore}
 *   <li>{@link dev.ralph.tck.CacheContract} for {@link dev.ralph.cache.Caches}, {@link dev.ralph.tck.SharedCacheContract} for
 *       those that processes share
 *   <li>{@link dev.ralph.tck.WorkspaceSourceContract} for a {@link dev.ralph.spi.WorkspaceSource}, and
 *       {@link dev.ralph.tck.MovingWorkspaceSourceContract} for one whose workspaces move between nodes
 * </ul>
 *
 * <p>Add this module to your build with scope test, extend the class in a test of yours, and say how to open the store or
 * make the adapter. A rule that fails names the behaviour that is missing. The kits run on JUnit Jupiter, on the class path.
 */
@NullMarked
package dev.ralph.tck;

import org.jspecify.annotations.NullMarked;
