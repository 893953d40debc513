/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.log;

/** What a command has its log for. */
public enum LogUse {
    /** It works on runs: what it does belongs into the file and the error reports, if these are configured. */
    WORKING,
    /** It looks at runs, or tells those that work on them something: file and reports are theirs. */
    LOOKING
}
