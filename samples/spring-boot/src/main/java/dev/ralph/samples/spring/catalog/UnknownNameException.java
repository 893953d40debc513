/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.catalog;

import java.util.List;

/** A client named something that is not configured for its tenant. */
public final class UnknownNameException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String field;

    /**
     * Makes the exception.
     *
     * @param field the JSON field
     * @param what what the field names, such as {@code workspace}
     * @param choices what there is
     */
    public UnknownNameException(String field, String what, List<String> choices) {
        super("is no " + what + " of this tenant; there are " + choices);
        this.field = field;
    }

    /** The JSON field. */
    public String field() {
        return field;
    }

    /** What is wrong, as a sentence that follows the field. */
    public String rule() {
        return String.valueOf(getMessage());
    }
}
