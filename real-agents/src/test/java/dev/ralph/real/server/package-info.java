/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Scripted stand-ins for the model APIs, on loopback. */
@NullMarked
package dev.ralph.real.server;

import org.jspecify.annotations.NullMarked;
