/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.real.client;

import dev.ralph.AgentRef;
import dev.ralph.agents.claude.ClaudeAgent;
import dev.ralph.real.server.Block;
import dev.ralph.real.server.ScriptedServer;
import dev.ralph.real.server.Turn;
import dev.ralph.spi.AgentAdapterProvider;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Claude Code. */
public final class ClaudeClient implements RealClient {

    private static final String PACKAGE = "@anthropic-ai/claude-code";

    private final Installation installation;

    public ClaudeClient(Installation installation) {
        this.installation = installation;
    }

    @Override
    public String id() {
        return "claude";
    }

    @Override
    public String version() {
        return installation.version(PACKAGE);
    }

    @Override
    public String secret() {
        return "ANTHROPIC_API_KEY";
    }

    @Override
    public String secretProperty() {
        return "CLAUDE_API_KEY_SECRET";
    }

    @Override
    public ScriptedServer startServer() throws IOException {
        return ScriptedServer.anthropic();
    }

    @Override
    public AgentAdapterProvider provider(URI api, Path folder) {
        return ClaudeAgent.builder(id())
                .command(installation.program("claude").toString())
                .variable("ANTHROPIC_BASE_URL", api.toString())
                .variable("HOME", folder.toString())
                .variable(WITNESS, folder.toString())
                .build();
    }

    @Override
    public Map<String, String> hostEnvironment(URI api) {
        return Map.of(
                "RALPH_CLAUDE_COMMAND", installation.program("claude").toString(),
                "ANTHROPIC_BASE_URL", api.toString());
    }

    @Override
    public AgentRef agentWithShell() {
        return new AgentRef(id(), Map.of("allowedTools", List.of("Bash")));
    }

    @Override
    public AgentRef agentWithTurns(int turns) {
        return new AgentRef(id(), Map.of("maxTurns", turns));
    }

    @Override
    public List<Turn.Answer> edits(Path file, String from, String to) {
        // The client edits no file that it has not read in the same session.
        return List.of(
                calls("Read", Map.of("file_path", file.toString())),
                calls("Edit", Map.of("file_path", file.toString(), "old_string", from, "new_string", to)));
    }

    @Override
    public Turn.Answer writes(Path file, String content) {
        return calls("Write", Map.of("file_path", file.toString(), "content", content));
    }

    @Override
    public Turn.Answer runs(String command) {
        return calls("Bash", Map.of("command", command, "description", "Run it"));
    }

    @Override
    public Turn.Refusal tooLong() {
        return Turn.refuses(400, "prompt is too long: 1250000 tokens > 1000000 maximum");
    }

    @Override
    public int overloaded() {
        return 529;
    }

    private static Turn.Answer calls(String tool, Map<String, Object> input) {
        return Turn.calls(new Block.ToolCall(tool, input));
    }
}
