/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

/** A part of the contract of a cache. */
interface CacheRules {

    CacheBench bench();
}
