/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.real.client;

import dev.ralph.AgentRef;
import dev.ralph.real.server.ScriptedServer;
import dev.ralph.real.server.Turn;
import dev.ralph.spi.AgentAdapterProvider;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A client with its adapter and its API: what the rules need to know of them. */
public interface RealClient {

    /** The variable every process of a launch has, with the folder of the test as its value. */
    String WITNESS = "RALPH_REAL_AGENTS_TEST";

    /** The id of the adapter. */
    String id();

    /** The version that is installed. */
    String version();

    /** The name of the secret that is the API key, as the adapter asks for it when nothing else is configured. */
    String secret();

    /** The configuration value that names another secret instead. */
    String secretProperty();

    /** Starts a server that speaks the client's API. */
    ScriptedServer startServer() throws IOException;

    /**
     * The adapter, set up to run the installed client.
     *
     * @param api where the client finds its API
     * @param folder the folder of the test
     */
    AgentAdapterProvider provider(URI api, Path folder);

    /** What a host in a JVM of its own has in its environment for the same, without the API key. */
    Map<String, String> hostEnvironment(URI api);

    /** The agent, which may edit files and nothing else. */
    default AgentRef agent() {
        return AgentRef.of(id());
    }

    /** The agent, which may run shell commands too. */
    AgentRef agentWithShell();

    /** The agent, which may ask its model so many times in an attempt. */
    AgentRef agentWithTurns(int turns);

    /** The requests with which the model replaces text in a file. */
    List<Turn.Answer> edits(Path file, String from, String to);

    /** The model creates a file. */
    Turn.Answer writes(Path file, String content);

    /** The model runs a shell command. */
    Turn.Answer runs(String command);

    /** How the API refuses a prompt that is longer than the model takes. */
    Turn.Refusal tooLong();

    /** The HTTP status by which the API says that it is overloaded. */
    int overloaded();
}
