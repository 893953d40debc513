/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a client asked for, kept as labels of the run: the names, so that the run, which has only what they stood for, can be shown
 * and found by them, and a digest of the whole request, by which the same one is known again.
 */
public final class HostLabels {

    /** How they begin; clients' own labels do not. */
    public static final String PREFIX = "host.";

    /** The label that names the workspace. */
    public static final String WORKSPACE = PREFIX + "workspace";

    /** The label that names the agents, with commas between them: the first ones, if they are too many for a label. */
    public static final String AGENTS = PREFIX + "agents";

    /** The label that names the gate set. */
    public static final String GATES = PREFIX + "gates";

    /** The label that has the {@link RequestDigest}. */
    static final String REQUEST = PREFIX + "request";

    private static final int MAX_VALUE = 255;

    private HostLabels() {}

    static Map<String, String> of(String request, String workspace, List<String> agents, @Nullable String gates) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put(REQUEST, request);
        labels.put(WORKSPACE, workspace);
        String names = String.join(",", agents);
        labels.put(AGENTS, names.length() <= MAX_VALUE ? names : names.substring(0, names.lastIndexOf(',', MAX_VALUE)));
        if (gates != null) {
            labels.put(GATES, gates);
        }
        return labels;
    }

    static boolean isReserved(String label) {
        return label.startsWith(PREFIX);
    }

    /** The labels without these. */
    static Map<String, String> without(Map<String, String> labels) {
        Map<String, String> own = new TreeMap<>();
        labels.forEach((name, value) -> {
            if (!isReserved(name)) {
                own.put(name, value);
            }
        });
        return own;
    }

    /** The names the label has; those of the adapters if the run was not submitted here. */
    static List<String> agents(Map<String, String> labels, List<String> adapters) {
        String names = labels.get(AGENTS);
        return names == null ? adapters : List.of(names.split(",", -1));
    }
}
