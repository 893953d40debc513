/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agents.claude;

import dev.ralph.RunId;
import dev.ralph.process.ProcessLauncher;
import dev.ralph.spi.AgentInvocation;
import dev.ralph.spi.AgentListener;
import dev.ralph.spi.AgentOutcome;
import dev.ralph.spi.Allowance;
import dev.ralph.spi.ProviderContext;
import dev.ralph.spi.Secret;
import dev.ralph.spi.SecretSource;
import dev.ralph.spi.UsageReport;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A host for the adapter, and programs that stand in for the client. */
final class Workbench implements ProviderContext, AutoCloseable {

    private static final Duration LONG = Duration.ofMinutes(2);

    final Path folder;
    final Path workspace;
    final Map<String, String> properties = new LinkedHashMap<>();
    final Map<String, String> secrets = new LinkedHashMap<>();
    final Heard heard = new Heard();
    private final ProcessLauncher processes = ProcessLauncher.create();
    private final RunId run = RunId.create(Instant.now());

    Workbench(Path folder) throws IOException {
        this.folder = folder;
        this.workspace = Files.createDirectory(folder.resolve("workspace"));
    }

    /** A client that notes its arguments, environment and prompt, and then does what the script says. */
    Path client(String script) throws IOException {
        Path program = folder.resolve("claude-" + script.hashCode());
        Files.writeString(program, """
                #!/bin/sh
                if [ "$1" = --version ]; then echo '2.1.330 (Claude Code)'; exit 0; fi
                printf '%s\\n' "$@" > '%1$s/arguments'
                env > '%1$s/environment'
                cat > '%1$s/prompt'
                echo x >> '%1$s/launches'
                %2$s
                """.replace("%1$s", folder.toString()).replace("%2$s", script));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return program;
    }

    /** A client that prints a recording. */
    static String replay(String name) {
        return "cat '" + Recordings.stdout(name) + "'; cat '" + Recordings.stderr(name) + "' >&2; exit "
                + Recordings.exitCode(name);
    }

    ClaudeAgentBuilder agent(String script) throws IOException {
        return ClaudeAgent.builder("claude").command(client(script).toString()).grace(Duration.ofMillis(500));
    }

    AgentOutcome invoke(ClaudeAgent agent, Map<String, Object> settings) throws InterruptedException {
        return invoke(agent, settings, null);
    }

    AgentOutcome invoke(ClaudeAgent agent, Map<String, Object> settings, @Nullable BigDecimal cost)
            throws InterruptedException {
        return agent.invoke(
                new AgentInvocation(
                        run, 1, 1, "the prompt", workspace, new Allowance(null, cost, LONG, LONG), settings),
                heard);
    }

    AgentOutcome invokeTraced(ClaudeAgent agent, Map<String, String> trace) throws InterruptedException {
        return agent.invoke(
                new AgentInvocation(
                        run, 1, 1, "the prompt", workspace, new Allowance(null, null, LONG, LONG), Map.of(), trace),
                heard);
    }

    List<String> arguments() {
        return Recordings.read(folder.resolve("arguments")).lines().toList();
    }

    String file(String name) {
        return Recordings.read(folder.resolve(name));
    }

    @Override
    public Optional<String> property(String name) {
        return Optional.ofNullable(properties.get(name));
    }

    @Override
    public SecretSource secrets() {
        return name -> Optional.ofNullable(secrets.get(name)).map(value -> new Secret(name, value));
    }

    @Override
    public ProcessLauncher processes() {
        return processes;
    }

    @Override
    public InstantSource clock() {
        return InstantSource.system();
    }

    @Override
    public void close() {
        processes.close();
    }

    /** What a listener hears. */
    static final class Heard implements AgentListener {

        final List<String> texts = Collections.synchronizedList(new ArrayList<>());
        final List<String> tools = Collections.synchronizedList(new ArrayList<>());
        final List<UsageReport> usage = Collections.synchronizedList(new ArrayList<>());

        @Override
        public void text(String text) {
            texts.add(text);
        }

        @Override
        public void toolCalled(String tool, String summary) {
            tools.add(tool + "(" + summary + ")");
        }

        @Override
        public void toolReturned(String tool, boolean ok, String summary) {
            tools.add(tool + (ok ? " ok: " : " failed: ") + summary);
        }

        @Override
        public void usage(UsageReport report) {
            usage.add(report);
        }
    }
}
