/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph;

import dev.ralph.internal.worker.StorableText;
import org.jspecify.annotations.Nullable;

/** A value the caller passed is outside its range. The message names the field, the value and what is allowed. */
public final class InvalidValueException extends RalphException {

    private static final long serialVersionUID = 1L;

    private static final int MAX_SHOWN = 200;

    private final String field;

    public InvalidValueException(String field, Object value, String rule) {
        this(field, value, rule, null);
    }

    public InvalidValueException(String field, Object value, String rule, @Nullable Throwable cause) {
        super(field + " '" + shown(value) + "' " + rule, cause);
        this.field = field;
    }

    /** The name of the field or option, for hosts that map errors to form fields. */
    public String field() {
        return field;
    }

    private static String shown(Object value) {
        String text = String.valueOf(value);
        return text.length() <= MAX_SHOWN ? text : StorableText.beginning(text, MAX_SHOWN) + "…";
    }
}
