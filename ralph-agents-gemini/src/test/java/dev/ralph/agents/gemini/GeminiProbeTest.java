/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agents.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.agent.cli.ClientSecrets;
import dev.ralph.agent.cli.LaunchEnvironment;
import dev.ralph.agents.gemini.internal.GeminiProbe;
import dev.ralph.spi.AgentProbe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The probe says whether the client can be used, or exactly why not and what to do. */
@Tag("linux")
class GeminiProbeTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Bench bench;

    @BeforeEach
    void open() {
        bench = new Bench(folder);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void theTestedVersionWithAKeyIsReady() throws Exception {
        assertThat(probe("echo 0.61.0")).isEqualTo(AgentProbe.ready("0.61.0"));
    }

    @Test
    void anotherVersionIsReadyWithARemark() throws Exception {
        AgentProbe probe = probe("echo 0.99.1");

        assertThat(probe.ready()).isTrue();
        assertThat(probe.version()).isEqualTo("0.99.1");
        assertThat(probe.problem()).contains("tested with, 0.61.0");
        assertThat(probe.fix()).contains("@google/gemini-cli@0.61.0");
    }

    @Test
    void itAsksForTheVersionOnlyAndWithoutTheKey() throws Exception {
        Path asked = folder.resolve("asked");

        probe("echo \"$# $1 key=$GEMINI_API_KEY\" > '" + asked + "'", "echo 0.61.0");

        assertThat(Files.readString(asked).strip()).isEqualTo("1 --version key=");
    }

    @Test
    void aClientThatCannotTellItsVersionIsNotReady() throws Exception {
        AgentProbe probe = probe("echo 'needs a newer node' >&2; exit 1");

        assertThat(probe.ready()).isFalse();
        assertThat(probe.problem()).contains("--version' failed");
        assertThat(probe.fix()).contains("Node 20", "npm install -g @google/gemini-cli@0.61.0");
    }

    @Test
    void withoutTheClientTheFixIsToInstallIt() {
        AgentProbe probe = GeminiAgent.builder("gemini")
                .command(folder.resolve("none").toString())
                .build(bench.context())
                .probe();

        assertThat(probe.ready()).isFalse();
        assertThat(probe.version()).isNull();
        assertThat(probe.fix()).contains("npm install -g @google/gemini-cli@0.61.0", "RALPH_GEMINI_COMMAND");
    }

    @Test
    void withoutAKeyTheProbeNamesTheSecret() throws Exception {
        bench.withoutSecret();

        AgentProbe probe = probe("echo 0.61.0");

        assertThat(probe.ready()).isFalse();
        assertThat(probe.version()).isEqualTo("0.61.0");
        assertThat(probe.problem()).contains("no secret 'GEMINI_API_KEY'", "API key only");
        assertThat(probe.fix()).contains("set GEMINI_API_KEY", "GEMINI_API_KEY_SECRET");
    }

    @Test
    void otherWaysToLogInAreNamedAsNotSupported() throws Exception {
        Files.createDirectories(folder.resolve(".gemini"));
        Files.writeString(folder.resolve(".gemini/oauth_creds.json"), "{}");

        assertThat(withoutKey(Map.of("HOME", folder.toString())).problem())
                .contains("log-in with Google in ~/.gemini is not used");
        assertThat(withoutKey(Map.of("GOOGLE_GENAI_USE_VERTEXAI", "true")).problem())
                .contains("Vertex AI is not supported");
        assertThat(withoutKey(Map.of()).problem()).endsWith("with an API key only");
    }

    private AgentProbe withoutKey(Map<String, String> host) throws Exception {
        bench.withoutSecret();
        return new GeminiProbe(
                        bench.context().processes(),
                        new ClientSecrets("gemini", bench.context().secrets()),
                        host)
                .of(
                        List.of(bench.program("echo 0.61.0").toString()),
                        "GEMINI_API_KEY",
                        LaunchEnvironment.inheriting(List.of("PATH")));
    }

    private AgentProbe probe(String... lines) throws Exception {
        return bench.client(lines).build(bench.context()).probe();
    }
}
