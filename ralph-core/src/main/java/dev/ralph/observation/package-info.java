/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * What Ralph tells a host's {@link io.micrometer.observation.ObservationRegistry}: names, keys, and the contexts that
 * handlers, filters, predicates and conventions of the host see.
 */
@NullMarked
package dev.ralph.observation;

import org.jspecify.annotations.NullMarked;
