/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The shell around the machine: performs its decisions for one run under one lease. Everything that touches the world
 * between two steps is here.
 */
@NullMarked
package dev.ralph.internal.worker;

import org.jspecify.annotations.NullMarked;
