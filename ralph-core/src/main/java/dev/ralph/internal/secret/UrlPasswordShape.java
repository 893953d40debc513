/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.secret;

import org.jspecify.annotations.Nullable;

/** The password in {@code scheme://user:password@host} (RFC 3986, 3.2.1). */
record UrlPasswordShape() implements Shape {

    private static final String BEGIN = "://";
    private static final int LONGEST_USER = 256;
    private static final int LONGEST_PASSWORD = 1024;
    private static final Alphabet SCHEME = new Alphabet("A-Za-z0-9+.-");
    private static final int LONGEST_PORT = 5;
    private static final int DIGEST = 7;
    private static final String ENDS = "/?#\"'`<>\\|";

    @Override
    public String firsts() {
        return ":";
    }

    @Override
    public @Nullable Found find(Fragment in, int at) {
        boolean afterScheme = at == in.from() || SCHEME.has(in.text().charAt(at - 1));
        if (!in.has(BEGIN, at) || !afterScheme) {
            return null;
        }
        int user = at + BEGIN.length();
        int colon = user;
        while (colon < Math.min(in.to(), user + LONGEST_USER)
                && isUser(in.text().charAt(colon))) {
            colon++;
        }
        return in.has(':', colon) ? password(in, colon + 1) : null;
    }

    private static @Nullable Found password(Fragment in, int begin) {
        int host = -1;
        int end = begin;
        int most = Math.min(in.to(), begin + LONGEST_PASSWORD);
        while (end < most && isPassword(in.text().charAt(end))) {
            if (in.text().charAt(end) == '@') {
                host = end;
            }
            end++;
        }
        if (isPort(in, begin)) {
            return null;
        }
        if (host >= 0) {
            return isDigest(in, host + 1) ? null : new Found(Math.min(in.to(), host + 1 + DIGEST), begin, host, null);
        }
        boolean port = Alphabet.DIGITS.end(in.text(), begin, end) == end;
        return end - begin >= LEAST_OF_CUT && in.cutAt(end) && !port ? new Found(end, begin, end, null) : null;
    }

    /** A list or prose may go on behind a host and its port, and name an address later. */
    private static boolean isPort(Fragment in, int at) {
        int end = Alphabet.DIGITS.end(in.text(), at, Math.min(in.to(), at + LONGEST_PORT));
        return end > at && (in.has(',', end) || in.has(';', end) || in.has(')', end));
    }

    /** Images of containers have a tag and a digest: {@code docker://name:tag@sha256:…}. */
    private static boolean isDigest(Fragment in, int at) {
        return in.has("sha256:", at) || in.has("sha512:", at);
    }

    private static boolean isUser(char c) {
        return isPassword(c) && c != ':' && c != '@';
    }

    private static boolean isPassword(char c) {
        return c > ' ' && c != Fragment.CUT && ENDS.indexOf(c) < 0;
    }
}
