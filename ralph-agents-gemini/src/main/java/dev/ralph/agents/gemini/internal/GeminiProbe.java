/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agents.gemini.internal;

import dev.ralph.ConfigurationException;
import dev.ralph.agent.cli.ClientSecrets;
import dev.ralph.agent.cli.LaunchEnvironment;
import dev.ralph.agent.cli.VersionProbe;
import dev.ralph.agents.gemini.GeminiAgentProvider;
import dev.ralph.process.ProcessLauncher;
import dev.ralph.process.ProcessStartException;
import dev.ralph.spi.AgentProbe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds out whether the client can be used. Starts it for its version only; spends nothing. */
public final class GeminiProbe {

    /** The version whose output was recorded and replayed in the tests. */
    static final String TESTED = "0.61.0";

    private static final String INSTALL = "npm install -g @google/gemini-cli@" + TESTED;

    private final ProcessLauncher processes;
    private final ClientSecrets secrets;
    private final Map<String, String> host;

    /**
     * Probes on a host.
     *
     * @param host the environment of this JVM
     */
    public GeminiProbe(ProcessLauncher processes, ClientSecrets secrets, Map<String, String> host) {
        this.processes = processes;
        this.secrets = secrets;
        this.host = host;
    }

    /**
     * Asks the client for its version and looks for the key.
     *
     * @throws InterruptedException if the calling thread is interrupted
     */
    public AgentProbe of(List<String> command, String secretName, LaunchEnvironment environment)
            throws InterruptedException {
        String version;
        try {
            VersionProbe.locate(processes, command, environment.environment());
            version = VersionProbe.ask(processes, GeminiArguments.version(command), environment.environment());
        } catch (ProcessStartException e) {
            return AgentProbe.notReady(
                    null,
                    String.valueOf(e.getMessage()),
                    "install it (" + INSTALL + "), or set " + GeminiAgentProvider.COMMAND + " to its path");
        }
        if (version == null) {
            return AgentProbe.notReady(
                    null,
                    "'" + command.get(0) + " --version' failed",
                    "run it by hand to see why; it needs Node 20 or newer, and " + INSTALL + " installs it anew");
        }
        return authentication(environment.masked(version), secretName);
    }

    private AgentProbe authentication(String version, String secretName) {
        try {
            if (secrets.find(secretName).isEmpty()) {
                return AgentProbe.notReady(
                        version,
                        "there is no secret '" + secretName + "', and this adapter works with an API key only"
                                + otherLogIn(),
                        "set " + secretName
                                + " in the environment or in the folder of secrets, or name another secret by "
                                + GeminiAgentProvider.API_KEY_SECRET);
            }
        } catch (ConfigurationException e) {
            return AgentProbe.notReady(version, String.valueOf(e.getMessage()), "see the problem");
        }
        return TESTED.equals(version)
                ? AgentProbe.ready(version)
                : new AgentProbe(version, true, "this version is not the one it was tested with, " + TESTED, INSTALL);
    }

    private String otherLogIn() {
        if ("true".equals(host.get("GOOGLE_GENAI_USE_VERTEXAI"))) {
            return "; GOOGLE_GENAI_USE_VERTEXAI is set, but Vertex AI is not supported";
        }
        return hasGoogleLogIn(host.get("HOME"))
                ? "; the log-in with Google in ~/.gemini is not used, since a private home keeps users' own settings out"
                : "";
    }

    private static boolean hasGoogleLogIn(@Nullable String home) {
        return home != null && Files.exists(Path.of(home, ".gemini", "oauth_creds.json"));
    }

    /** There is no room for what the client needs. */
    public static AgentProbe withoutFolder(IOException problem) {
        return AgentProbe.notReady(
                null,
                "no private folder can be made in " + System.getProperty("java.io.tmpdir") + ": " + problem,
                "make room there, or set java.io.tmpdir");
    }
}
