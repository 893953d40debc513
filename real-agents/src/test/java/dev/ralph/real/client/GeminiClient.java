/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.real.client;

import dev.ralph.AgentRef;
import dev.ralph.agents.gemini.GeminiAgent;
import dev.ralph.real.server.Block;
import dev.ralph.real.server.ScriptedServer;
import dev.ralph.real.server.Turn;
import dev.ralph.spi.AgentAdapterProvider;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Gemini CLI. */
public final class GeminiClient implements RealClient {

    private static final String PACKAGE = "@google/gemini-cli";
    private static final String MODEL = "gemini-2.5-pro";

    private final Installation installation;

    public GeminiClient(Installation installation) {
        this.installation = installation;
    }

    @Override
    public String id() {
        return "gemini";
    }

    @Override
    public String version() {
        return installation.version(PACKAGE);
    }

    @Override
    public String secret() {
        return "GEMINI_API_KEY";
    }

    @Override
    public String secretProperty() {
        return "GEMINI_API_KEY_SECRET";
    }

    @Override
    public ScriptedServer startServer() throws IOException {
        return ScriptedServer.gemini();
    }

    @Override
    public AgentAdapterProvider provider(URI api, Path folder) {
        return GeminiAgent.builder(id())
                .command(installation.program("gemini").toString())
                .settings(Map.of("model", MODEL))
                .baseUrl(api.toString())
                // What the client itself keeps back shows nothing of what Ralph does.
                .hideSecretsFromTools(false)
                .variable("HOME", folder.toString())
                .variable(WITNESS, folder.toString())
                .build();
    }

    @Override
    public Map<String, String> hostEnvironment(URI api) {
        return Map.of(
                "RALPH_GEMINI_COMMAND", installation.program("gemini").toString(),
                "RALPH_GEMINI_MODEL", MODEL,
                "GOOGLE_GEMINI_BASE_URL", api.toString());
    }

    @Override
    public AgentRef agentWithShell() {
        return new AgentRef(id(), Map.of("approvalMode", "yolo"));
    }

    @Override
    public AgentRef agentWithTurns(int turns) {
        return new AgentRef(id(), Map.of("maxTurns", turns));
    }

    @Override
    public List<Turn.Answer> edits(Path file, String from, String to) {
        return List.of(calls(
                "replace",
                Map.of(
                        "file_path",
                        file.toString(),
                        "instruction",
                        "Replace the text.",
                        "old_string",
                        from,
                        "new_string",
                        to)));
    }

    @Override
    public Turn.Answer writes(Path file, String content) {
        return calls("write_file", Map.of("file_path", file.toString(), "content", content));
    }

    @Override
    public Turn.Answer runs(String command) {
        return calls("run_shell_command", Map.of("command", command, "description", "Run it."));
    }

    @Override
    public Turn.Refusal tooLong() {
        return Turn.refuses(
                400, "The input token count (1250000) exceeds the maximum number of tokens allowed (1048576).");
    }

    @Override
    public int overloaded() {
        return 503;
    }

    private static Turn.Answer calls(String tool, Map<String, Object> input) {
        return Turn.calls(new Block.ToolCall(tool, input));
    }
}
