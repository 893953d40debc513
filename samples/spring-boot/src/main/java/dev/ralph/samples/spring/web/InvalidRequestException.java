/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.web;

/** Something in a request cannot be accepted. */
public final class InvalidRequestException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String field;
    private final String rule;

    /**
     * Makes the exception.
     *
     * @param field the JSON field, parameter or header
     * @param rule what is wrong and what to do about it; follows the field in a sentence. Without the value
     */
    public InvalidRequestException(String field, String rule) {
        super(field + " " + rule);
        this.field = field;
        this.rule = rule;
    }

    /** The JSON field, parameter or header. */
    public String field() {
        return field;
    }

    /** What is wrong and what to do about it. */
    public String rule() {
        return rule;
    }
}
