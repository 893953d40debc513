/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.web;

import java.io.IOException;

/** A body is too large, or takes too long to arrive. */
public final class BodyRefusedException extends IOException {

    private static final long serialVersionUID = 1L;

    private final boolean late;

    private BodyRefusedException(boolean late, String message) {
        super(message);
        this.late = late;
    }

    /** It has more bytes than this. */
    static BodyRefusedException tooLarge(long max) {
        return new BodyRefusedException(false, "the body has more than " + max + " bytes; send less");
    }

    /** It has not arrived in time. */
    static BodyRefusedException tooLate(long seconds) {
        return new BodyRefusedException(true, "the body did not arrive within " + seconds + " seconds; send it faster");
    }

    /** Whether it took too long; otherwise it is too large. */
    public boolean late() {
        return late;
    }

    /** What is wrong. */
    public String rule() {
        return String.valueOf(getMessage());
    }
}
