/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.problem;

import org.springframework.http.HttpHeaders;

/** A problem a handler knows the type of. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ProblemType type;
    private final int retryAfter;

    /**
     * Makes the exception.
     *
     * @param detail for people; nothing secret
     */
    public ProblemException(ProblemType type, String detail) {
        this(type, detail, 0);
    }

    /**
     * Makes the exception.
     *
     * @param retryAfter seconds after which to ask again; 0 to say nothing of it
     */
    public ProblemException(ProblemType type, String detail, int retryAfter) {
        super(detail);
        this.type = type;
        this.retryAfter = retryAfter;
    }

    /** What went wrong. */
    public ProblemType type() {
        return type;
    }

    /** What it says, for people. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    HttpHeaders headers() {
        HttpHeaders headers = new HttpHeaders();
        if (retryAfter > 0) {
            headers.set(HttpHeaders.RETRY_AFTER, Integer.toString(retryAfter));
        }
        return headers;
    }
}
