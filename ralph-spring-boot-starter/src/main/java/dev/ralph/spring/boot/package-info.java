/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Ralph in a Spring Boot application. */
@NullMarked
package dev.ralph.spring.boot;

import org.jspecify.annotations.NullMarked;
