/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** How this node is, by way of Actuator. */
@NullMarked
package dev.ralph.spring.boot.health;

import org.jspecify.annotations.NullMarked;
