/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.observation;

import java.io.Serial;

/**
 * Stands for what went wrong in an observation. Handlers export messages and stack traces of errors, and what agents and
 * programs say in them may be anything; so they are given this, which has nothing but the kind of the error. It is never
 * thrown.
 */
public final class ObservedFailure extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String type;

    public ObservedFailure(String type) {
        super(type, null, false, false);
        this.type = type;
    }

    /** A failure class, a stop reason, or the name of an exception's class. */
    public String type() {
        return type;
    }
}
