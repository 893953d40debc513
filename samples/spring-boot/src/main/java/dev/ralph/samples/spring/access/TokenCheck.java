/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.access;

/** Looks at one kind of bearer token. Thread-safe. */
public interface TokenCheck {

    /** Whether the token has the form of this kind; kinds exclude each other. */
    boolean knows(String token);

    /** Whether it is good; throws nothing for a token that is not. */
    Login check(String token);
}
