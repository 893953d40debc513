/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.cache.redis;

import java.util.regex.Pattern;

/** What Redis answers if it does not do what it is told. */
final class Refusals {

    /** At the beginning, or where Redis 6 quotes what a script met. */
    private static final Pattern UNABLE = Pattern.compile("(?:^|: -)(?:READONLY|LOADING|BUSY|CLUSTERDOWN|MASTERDOWN|OOM"
            + "|NOPERM|NOAUTH|MISCONF|NOREPLICAS)\\b|ACL failure|The user executing the script");

    private Refusals() {}

    /** Whether a server refuses because of how it stands with itself, and not because of one call. */
    static boolean tellOfTheServer(Throwable refusal) {
        return UNABLE.matcher(String.valueOf(refusal.getMessage())).find();
    }
}
