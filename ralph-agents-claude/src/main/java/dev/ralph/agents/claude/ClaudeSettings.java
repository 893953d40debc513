/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agents.claude;

import dev.ralph.ConfigurationException;
import dev.ralph.agent.cli.RunSettings;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How Claude works. The host sets it up in {@link ClaudeAgentBuilder}; a run may set each of these in its
 * {@link dev.ralph.AgentRef#settings}, under the names below.
 *
 * @param model a model or its alias, such as {@code opus}, or null for the client's own choice
 * @param fallbackModel models the client turns to if that one is overloaded, separated by commas, or null
 * @param permissionMode what it may do without being asked: {@code acceptEdits} unless set, {@code auto},
 *     {@code bypassPermissions}, {@code dontAsk}, {@code manual} or {@code plan}. {@code acceptEdits} lets it edit files in
 *     the workspace; commands need {@code allowedTools}. {@code bypassPermissions} lets it do everything its process may,
 *     and the client refuses it to root
 * @param allowedTools tools it may use without being asked, in the client's words: {@code Bash(mvn:*)}
 * @param disallowedTools tools it may not use
 * @param appendSystemPrompt a text that is added to the client's system prompt, or null; it reaches the client in a
 *     private file
 * @param maxTurns the most turns of an iteration, from 1 to 10,000, or null for no limit; an iteration that needs more
 *     fails
 * @param settingSources whose settings files it reads, hooks and permissions among them: {@code project} unless set,
 *     {@code local}, {@code user}; empty for none, which is best for a repository nobody has looked at
 * @param resumeSession whether an iteration goes on in the session of the one before, if this host still has it. Otherwise,
 *     and unless set, each begins afresh and leaves no session on disk
 */
public record ClaudeSettings(
        @Nullable String model,
        @Nullable String fallbackModel,
        String permissionMode,
        List<String> allowedTools,
        List<String> disallowedTools,
        @Nullable String appendSystemPrompt,
        @Nullable Integer maxTurns,
        List<String> settingSources,
        boolean resumeSession) {

    private static final Set<String> PERMISSION_MODES =
            Set.of("acceptEdits", "auto", "bypassPermissions", "dontAsk", "manual", "plan");
    private static final Set<String> SOURCES = Set.of("project", "local", "user");
    private static final Set<String> NAMES = Set.of(
            "model",
            "fallbackModel",
            "permissionMode",
            "allowedTools",
            "disallowedTools",
            "appendSystemPrompt",
            "maxTurns",
            "settingSources",
            "resumeSession");
    private static final int MAX_TURNS = 10_000;

    /** No blanks, and never what looks like an option. */
    private static final Pattern MODEL = Pattern.compile("[A-Za-z0-9][^\\s\\p{Cntrl}]*");

    private static final Pattern TOOL = Pattern.compile("[A-Za-z_*][^\\p{Cntrl}]*");

    /** What holds if nothing is set; below what it is checked against. */
    public static final ClaudeSettings DEFAULT =
            new ClaudeSettings(null, null, "acceptEdits", List.of(), List.of(), null, null, List.of("project"), false);

    /**
     * Checks the values.
     *
     * @throws ConfigurationException if one is not as above
     */
    public ClaudeSettings {
        requireMatch("model", model, MODEL, "must be the name of a model, such as opus");
        requireMatch("fallbackModel", fallbackModel, MODEL, "must be names of models, separated by commas");
        require("permissionMode", permissionMode, PERMISSION_MODES);
        allowedTools = List.copyOf(allowedTools);
        disallowedTools = List.copyOf(disallowedTools);
        settingSources = List.copyOf(settingSources);
        allowedTools.forEach(tool -> requireMatch("allowedTools", tool, TOOL, "must name tools, as in Bash(mvn:*)"));
        disallowedTools.forEach(tool -> requireMatch("disallowedTools", tool, TOOL, "must name tools, as in WebFetch"));
        settingSources.forEach(source -> require("settingSources", source, SOURCES));
        if (maxTurns != null && (maxTurns < 1 || maxTurns > MAX_TURNS)) {
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
    public ClaudeSettings with(String agent, Map<String, Object> run) {
        RunSettings settings = new RunSettings(agent, run, NAMES);
        String mode = settings.text("permissionMode", permissionMode);
        return new ClaudeSettings(
                settings.text("model", model),
                settings.text("fallbackModel", fallbackModel),
                mode == null ? permissionMode : mode,
                settings.texts("allowedTools", allowedTools),
                settings.texts("disallowedTools", disallowedTools),
                settings.text("appendSystemPrompt", appendSystemPrompt),
                settings.integer("maxTurns", 1, MAX_TURNS, maxTurns),
                settings.texts("settingSources", settingSources),
                settings.flag("resumeSession", resumeSession));
    }

    private static void require(String name, String value, Set<String> allowed) {
        if (!allowed.contains(value)) {
            throw wrong(name, value, "must be one of " + new TreeSet<>(allowed));
        }
    }

    private static void requireMatch(String name, @Nullable String value, Pattern pattern, String rule) {
        if (value != null && !pattern.matcher(value).matches()) {
            throw wrong(name, value, rule);
        }
    }

    private static ConfigurationException wrong(String name, Object value, String rule) {
        return new ConfigurationException("setting '" + name + "' of Claude " + rule + ", but is '" + value + "'");
    }

    /** Never the system prompt. */
    @Override
    public String toString() {
        return "ClaudeSettings[model=" + model + ", permissionMode=" + permissionMode + ", resumeSession="
                + resumeSession + "]";
    }
}
