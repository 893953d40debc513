/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agents.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.RunId;
import dev.ralph.process.ProcessLauncher;
import dev.ralph.spi.AgentInvocation;
import dev.ralph.spi.AgentOutcome;
import dev.ralph.spi.Allowance;
import dev.ralph.spi.ProviderContext;
import dev.ralph.spi.Secret;
import dev.ralph.spi.SecretSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A host for adapters, and programs that stand in for the client. */
final class Bench implements AutoCloseable {

    static final String KEY = "gemini-canary-5c1f09aa77d34e28";

    /** Noon in California on a day in winter. */
    static final Instant NOW = Instant.parse("2026-11-25T20:00:00Z");

    private final Path folder;
    private final ProcessLauncher processes = ProcessLauncher.create();
    private final Map<String, String> secrets = new HashMap<>(Map.of(GeminiAgentProvider.DEFAULT_API_KEY_SECRET, KEY));
    private final Map<String, String> properties = new HashMap<>();

    Bench(Path folder) {
        this.folder = folder;
    }

    Bench withoutSecret() {
        secrets.clear();
        return this;
    }

    Bench secret(String name, String value) {
        secrets.put(name, value);
        return this;
    }

    Bench property(String name, String value) {
        properties.put(name, value);
        return this;
    }

    /** A program for hosts with a POSIX shell. */
    Path program(String... lines) throws IOException {
        Path program = folder.resolve("gemini-" + UUID.randomUUID());
        Files.writeString(program, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return program;
    }

    /** A client that does this, whatever it is asked. */
    GeminiAgentBuilder client(String... lines) throws IOException {
        return GeminiAgent.builder("gemini").command(program(lines).toString()).grace(Duration.ofSeconds(1));
    }

    ProviderContext context() {
        return new Context(processes, Map.copyOf(secrets), Map.copyOf(properties));
    }

    AgentOutcome invoke(GeminiAgentBuilder agent, String prompt, Map<String, Object> settings, Heard heard)
            throws Exception {
        return agent.build(context()).invoke(invocation(prompt, settings), heard);
    }

    AgentOutcome invoke(GeminiAgentBuilder agent) throws Exception {
        return invoke(agent, "work", Map.of(), new Heard());
    }

    AgentInvocation invocation(String prompt, Map<String, Object> settings) throws IOException {
        Path workspace = Files.createDirectories(folder.resolve("workspace"));
        Allowance allowance = new Allowance(null, null, Duration.ofMinutes(1), Duration.ofMinutes(1));
        return new AgentInvocation(RunId.create(NOW), 1, 1, prompt, workspace, allowance, settings);
    }

    Path workspace() {
        return folder.resolve("workspace");
    }

    static AgentOutcome.Finished finished(AgentOutcome outcome) {
        assertThat(outcome).isInstanceOf(AgentOutcome.Finished.class);
        return (AgentOutcome.Finished) outcome;
    }

    static AgentOutcome.Failed failed(AgentOutcome outcome) {
        assertThat(outcome).isInstanceOf(AgentOutcome.Failed.class);
        return (AgentOutcome.Failed) outcome;
    }

    @Override
    public void close() {
        processes.close();
    }

    private record Context(ProcessLauncher processes, Map<String, String> values, Map<String, String> properties)
            implements ProviderContext {

        @Override
        public Optional<String> property(String name) {
            return Optional.ofNullable(properties.get(name));
        }

        @Override
        public SecretSource secrets() {
            return name -> Optional.ofNullable(values.get(name)).map(value -> new Secret(name, value));
        }

        @Override
        public InstantSource clock() {
            return InstantSource.fixed(NOW);
        }
    }
}
