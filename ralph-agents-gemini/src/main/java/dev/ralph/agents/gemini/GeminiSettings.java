/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agents.gemini;

import dev.ralph.ConfigurationException;
import dev.ralph.agent.cli.RunSettings;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a run may say about the agent, by these names.
 *
 * @param model the model; null for what the property {@value GeminiAgentProvider#MODEL} names, or else the client's own
 *     choice, which costs a request to a small model each time
 * @param approvalMode which tools the model may use: {@code auto_edit} unless set, {@code default} or {@code yolo}
 * @param maxTurns the most requests to the model in an iteration, from 1 to 10,000, 100 unless set; an iteration that
 *     needs more fails
 */
public record GeminiSettings(@Nullable String model, ApprovalMode approvalMode, int maxTurns) {

    /** What holds if nothing is set. */
    public static final GeminiSettings DEFAULT = new GeminiSettings(null, ApprovalMode.AUTO_EDIT, 100);

    private static final Set<String> NAMES = Set.of("model", "approvalMode", "maxTurns");
    private static final int MAX_TURNS = 10_000;

    /** No blanks, and never what looks like an option. */
    private static final Pattern MODEL = Pattern.compile("[A-Za-z0-9][^\\s\\p{Cntrl}]*");

    /**
     * Checks the values.
     *
     * @throws ConfigurationException if one is not as above
     */
    public GeminiSettings {
        if (model != null && !MODEL.matcher(model).matches()) {
            throw wrong("model", model, "must be the name of a model, such as gemini-2.5-pro");
        }
        if (maxTurns < 1 || maxTurns > MAX_TURNS) {
            throw wrong("maxTurns", maxTurns, "must be from 1 to " + MAX_TURNS);
        }
    }

    /**
     * These settings with those of a run in their place.
     *
     * @param agent the agent's id, for messages
     * @throws ConfigurationException if a setting is unknown, of the wrong type or not allowed; it names the setting and
     *     the fix
     */
    public GeminiSettings with(String agent, Map<String, Object> run) {
        RunSettings settings = new RunSettings(agent, run, NAMES);
        Integer turns = settings.integer("maxTurns", 1, MAX_TURNS, maxTurns);
        return new GeminiSettings(
                settings.text("model", model), approvalMode(settings), turns == null ? maxTurns : turns);
    }

    private ApprovalMode approvalMode(RunSettings settings) {
        String flag = settings.text("approvalMode", null);
        return flag == null
                ? approvalMode
                : ApprovalMode.of(flag)
                        .orElseThrow(() -> settings.wrong("approvalMode", "must be default, auto_edit or yolo"));
    }

    private static ConfigurationException wrong(String name, Object value, String rule) {
        return new ConfigurationException("setting '" + name + "' of Gemini " + rule + ", but is '" + value + "'");
    }
}
