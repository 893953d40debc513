/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What every call of git carries, so that it starts no other program, asks nothing and speaks one language. */
final class GitGuards {

    /** More than the names of half a million files. */
    static final long OUTPUT_LIMIT = 64L << 20;

    private static final List<String> INHERITED =
            List.of("PATH", "HOME", "XDG_CONFIG_HOME", "SystemRoot", "USERPROFILE", "TMPDIR");

    private static final Map<String, String> FIXED = Map.ofEntries(
            Map.entry("LC_ALL", "C"),
            Map.entry("GIT_TERMINAL_PROMPT", "0"),
            Map.entry("GIT_ASKPASS", "false"),
            Map.entry("SSH_ASKPASS", "false"),
            Map.entry("GIT_EDITOR", "false"),
            Map.entry("GIT_PAGER", "cat"),
            Map.entry("GIT_OPTIONAL_LOCKS", "0"),
            Map.entry("GIT_LITERAL_PATHSPECS", "1"),
            Map.entry("GIT_NO_REPLACE_OBJECTS", "1"),
            Map.entry("GIT_NO_LAZY_FETCH", "1"),
            Map.entry("GIT_ALLOW_PROTOCOL", "none"),
            Map.entry("GIT_DISCOVERY_ACROSS_FILESYSTEM", "1"));

    private static final List<String> SETTINGS = List.of(
            "core.hooksPath=/dev/null",
            "core.fsmonitor=false",
            "core.quotePath=true",
            "core.logAllRefUpdates=false",
            "commit.gpgSign=false",
            "maintenance.auto=false",
            "gc.auto=0");

    private GitGuards() {}

    static GitCommand command(
            Path directory, List<String> arguments, Map<String, String> environment, String input, Duration timeout) {
        List<String> all = new ArrayList<>();
        for (String setting : SETTINGS) {
            all.add("-c");
            all.add(setting);
        }
        all.addAll(arguments);
        Map<String, String> complete = new TreeMap<>(FIXED);
        for (String name : INHERITED) {
            String value = System.getenv(name);
            if (value != null) {
                complete.put(name, value);
            }
        }
        complete.putAll(environment);
        return new GitCommand(directory, all, complete, input, OUTPUT_LIMIT, timeout);
    }
}
