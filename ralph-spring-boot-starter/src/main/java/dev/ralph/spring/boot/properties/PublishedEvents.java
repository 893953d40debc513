/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spring.boot.properties;

/** Which events of runs become application events. */
public enum PublishedEvents {
    /** None. */
    NONE,
    /** What is stored, and holds nothing of what agents write. */
    STATE,
    /** That, and what agents do and write at the moment. */
    ALL
}
