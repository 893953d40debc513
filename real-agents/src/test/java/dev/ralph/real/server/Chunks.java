/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.real.server;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Text in the small pieces a model's answer comes in. */
final class Chunks {

    private static final Pattern CHUNK = Pattern.compile("\\X{1,24}");

    private Chunks() {}

    static List<String> of(String text) {
        return CHUNK.matcher(text).results().map(MatchResult::group).toList();
    }
}
