/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.edge;

/** Counts wrong credentials and tries of set-up tokens by address, apart from all other requests. */
public final class LoginLimit {

    private final RateLimiter limiter;
    private final RateLimit limit;

    LoginLimit(RateLimiter limiter, RateLimit limit) {
        this.limiter = limiter;
        this.limit = limit;
    }

    /** Counts a try from this IP address. */
    public Verdict count(String address) {
        return limiter.take("login", IpLiteral.site(address), limit);
    }
}
