/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spi;

/**
 * Answer to {@link Store#create}.
 *
 * @param run the run that is stored now
 * @param created false if a run with this task id (or this very run) was there already
 */
public record Creation(StoredRun run, boolean created) {}
