/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agents.claude.internal;

import dev.ralph.agents.claude.ClaudeSettings;
import dev.ralph.spi.Allowance;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The client's command line. The prompt is not in it: it is on standard input. */
public final class ClaudeArguments {

    /** The client refuses a budget of zero. */
    private static final BigDecimal LEAST_BUDGET = new BigDecimal("0.000001");

    private final List<String> command;
    private final ClaudeSettings settings;

    public ClaudeArguments(List<String> command, ClaudeSettings settings) {
        this.command = List.copyOf(command);
        this.settings = settings;
    }

    /**
     * The arguments of one launch.
     *
     * @param session what to go on with, or null to begin afresh
     * @param systemPrompt a file with what to add to the system prompt, or null
     * @param allowance its cost becomes the client's own budget, which holds for this launch alone, also in
     *     a session that goes on (tried with 2.1.330)
     */
    public List<String> of(@Nullable ClaudeSession session, @Nullable Path systemPrompt, Allowance allowance) {
        List<String> arguments = new ArrayList<>(command);
        arguments.addAll(List.of("-p", "--output-format", "stream-json", "--verbose"));
        // Nothing of the developer who happens to own this account: no hooks, permissions or servers.
        arguments.addAll(List.of("--setting-sources", String.join(",", settings.settingSources())));
        arguments.add("--strict-mcp-config");
        arguments.addAll(List.of("--permission-mode", settings.permissionMode()));
        option(arguments, "--model", settings.model());
        option(arguments, "--fallback-model", settings.fallbackModel());
        list(arguments, "--allowedTools", settings.allowedTools());
        list(arguments, "--disallowedTools", settings.disallowedTools());
        option(arguments, "--append-system-prompt-file", systemPrompt);
        option(arguments, "--max-turns", settings.maxTurns());
        BigDecimal cost = allowance.cost();
        option(
                arguments,
                "--max-budget-usd",
                cost == null ? null : cost.max(LEAST_BUDGET).toPlainString());
        if (session != null) {
            option(arguments, "--resume", session.id());
        } else if (!settings.resumeSession()) {
            arguments.add("--no-session-persistence");
        }
        return List.copyOf(arguments);
    }

    private static void option(List<String> arguments, String name, @Nullable Object value) {
        if (value != null) {
            arguments.add(name);
            arguments.add(value.toString());
        }
    }

    private static void list(List<String> arguments, String name, List<String> values) {
        if (!values.isEmpty()) {
            arguments.add(name);
            arguments.addAll(values);
        }
    }
}
