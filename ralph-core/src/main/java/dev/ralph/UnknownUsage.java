/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph;

/** What an attempt counts as against the limits when its agent reported no usable usage or cost. */
public enum UnknownUsage {
    /** Its reservation, or the last figure it reported while it worked if that is more. The safe default. */
    COUNT_RESERVATION,
    /** The last figure it reported while it worked, or nothing. For agents that cost nothing. */
    COUNT_REPORTED
}
