/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.secret;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A JSON Web Token (RFC 7515 and 7516): base64url parts joined by dots. The first is a JSON object, {@code eyJ}; so is the
 * second of a signed token. Whatever the parts after the second, all of it is hidden.
 */
record JwtShape() implements Shape {

    /** Characters of the first part; certificates in it make it long. */
    static final int LONGEST_HEADER = 4096;

    private static final String OBJECT = "eyJ";
    private static final int SHORTEST_HEADER = 10;
    private static final int SHORTEST_REST = 10;
    private static final int LEAST_OF_CUT_HEADER = 16;

    /** Objects that begin with {@code alg}, {@code typ}, {@code kid} and {@code enc}. */
    private static final List<String> HEADERS = List.of("eyJhbGciOi", "eyJ0eXAiOi", "eyJraWQiOi", "eyJlbmMiOi");

    private static final Alphabet PARTS = new Alphabet("A-Za-z0-9_.-");

    @Override
    public String firsts() {
        return "e";
    }

    @Override
    public @Nullable Found find(Fragment in, int at) {
        if (!in.has(OBJECT, at) || !in.begins(at, Alphabet.BASE64URL)) {
            return null;
        }
        int header = Alphabet.BASE64URL.end(in.text(), at, Math.min(in.to(), at + LONGEST_HEADER));
        boolean known = HEADERS.stream().anyMatch(begin -> in.has(begin, at));
        if (!in.has('.', header)) {
            boolean begun = known && header - at >= LEAST_OF_CUT_HEADER && in.cutAt(header);
            return begun ? new Found(header, at, header, PARTS) : null;
        }
        int second = header + 1;
        int enough = PARTS.end(in.text(), second, Math.min(in.to(), second + SHORTEST_REST));
        boolean signed = header - at >= SHORTEST_HEADER && in.has(OBJECT, second);
        boolean followed = enough - second >= SHORTEST_REST || in.cutAt(enough);
        return (signed || known) && followed
                ? new Found(enough, at, PARTS.end(in.text(), enough, in.to()), PARTS)
                : null;
    }
}
