/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.log;

import org.slf4j.Marker;
import org.slf4j.MarkerFactory;

/** Marks of lines that the log treats as others than all the rest. */
public final class LogMarkers {

    /** The line tells a secret to whoever reads the log, on purpose: it is written as it is. */
    public static final Marker FOR_THE_OPERATOR = MarkerFactory.getMarker("FOR_THE_OPERATOR");

    private LogMarkers() {}
}
