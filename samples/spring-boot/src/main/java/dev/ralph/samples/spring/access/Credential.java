/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.access;

import jakarta.servlet.http.HttpServletRequest;

/**
 * What a request was let in by, for answers that go on for long: it can be revoked or expire while they do. Looking again may
 * ask the database, so it is not for threads that must not wait.
 */
@FunctionalInterface
public interface Credential {

    /** Whether it would still let the same caller in, or what is needed to tell is away. Counts as no try to log in. */
    boolean stillGood();

    /** That of a request; one that is always good if none was needed. */
    static Credential of(HttpServletRequest request) {
        return request.getAttribute(Credential.class.getName()) instanceof Credential credential
                ? credential
                : () -> true;
    }

    /** Keeps it with the request. */
    static void keep(HttpServletRequest request, Credential credential) {
        request.setAttribute(Credential.class.getName(), credential);
    }
}
