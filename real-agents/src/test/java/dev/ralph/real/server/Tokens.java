/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.real.server;

/**
 * What an answer says that it used.
 *
 * @param input tokens of the request that were not in a cache
 * @param output tokens of the answer
 * @param cacheRead tokens of the request that were in a cache
 * @param cacheWrite tokens of the request that were put into a cache; an API that knows none leaves them out
 */
public record Tokens(long input, long output, long cacheRead, long cacheWrite) {

    /** A hundred in, ten out. */
    public static final Tokens FEW = new Tokens(100, 10, 0, 0);

    public static Tokens of(long input, long output) {
        return new Tokens(input, output, 0, 0);
    }
}
