/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agents.gemini.internal;

import dev.ralph.agents.gemini.GeminiSettings;
import java.util.ArrayList;
import java.util.List;

/** The client's command line. Everybody on the host can read it: neither prompt nor key is in it. */
public final class GeminiArguments {

    private GeminiArguments() {}

    public static List<String> of(List<String> command, GeminiSettings settings) {
        List<String> argv = new ArrayList<>(command);
        argv.addAll(List.of("--output-format", "stream-json"));
        argv.addAll(List.of("--approval-mode", settings.approvalMode().flag()));
        if (settings.model() != null) {
            // One word, so that a name that begins with a dash is no option.
            argv.add("--model=" + settings.model());
        }
        return argv;
    }

    static List<String> version(List<String> command) {
        List<String> argv = new ArrayList<>(command);
        argv.add("--version");
        return argv;
    }
}
