/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.access;

import org.jspecify.annotations.Nullable;

/** What came of looking at a credential. */
public sealed interface Login {

    /**
     * It is good.
     *
     * @param principal whose it is
     * @param tenant where it is good
     * @param role for what
     */
    record Accepted(String principal, String tenant, Role role) implements Login {}

    /** It is the token of scrapers, who see {@code /health} and {@code /metrics}. */
    record Scraper() implements Login {}

    /**
     * It is not good.
     *
     * @param reason why, for the audit trail and never for the caller: a word or two
     * @param principal whose it claims to be, if that is one that exists, or null
     * @param tenant of whom that is, or null
     */
    record Refused(
            String reason,
            @Nullable String principal,
            @Nullable String tenant) implements Login {

        /** Of nobody who is known. */
        public static Refused of(String reason) {
            return new Refused(reason, null, null);
        }
    }

    /**
     * What is needed to tell is away.
     *
     * @param what such as {@code the database}
     */
    record Unavailable(String what) implements Login {}
}
