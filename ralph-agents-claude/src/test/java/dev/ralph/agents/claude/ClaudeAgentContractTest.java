/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agents.claude;

import dev.ralph.Cost;
import dev.ralph.process.ProcessLauncher;
import dev.ralph.spi.AgentAdapter;
import dev.ralph.spi.ProviderContext;
import dev.ralph.spi.SecretSource;
import dev.ralph.spi.UsageReport;
import dev.ralph.tck.AgentAdapterContract;
import dev.ralph.tck.AgentScript;
import dev.ralph.tck.Behaviour;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

/** A program that prints what the client prints. */
@Tag("integration")
class ClaudeAgentContractTest extends AgentAdapterContract {

    private static final String DIALECT = """
            if [ "$1" = --version ]; then echo '2.1.330 (Claude Code)'; exit 0; fi
            used=''
            usage() {
                printf '{"type":"assistant","message":{"id":"m","model":"x","content":[],"usage":{"input_tokens":%s,"output_tokens":1,"cache_read_input_tokens":%s,"cache_creation_input_tokens":%s}}}\\n' "$1" "$3" "$4"
                used=$(printf ',"total_cost_usd":%s,"modelUsage":{"x":{"inputTokens":%s,"outputTokens":%s,"cacheReadInputTokens":%s,"cacheCreationInputTokens":%s,"costUSD":%s}}' "$5" "$1" "$2" "$3" "$4" "$5")
            }
            say() { printf '{"type":"assistant","message":{"content":[{"type":"text","text":"%s"}]}}\\n' "$1"; }
            finish() { printf '{"type":"result","subtype":"success","is_error":false,"result":"'; cat; printf '"%s}\\n' "$used"; }
            fail() { printf '{"type":"result","subtype":"success","is_error":true,"result":"%s"}\\n' "$1"; exit 1; }
            """;

    private final AgentScript script = new AgentScript(DIALECT);
    private ProcessLauncher launcher;

    @BeforeEach
    void openLauncher() {
        launcher = ProcessLauncher.create();
    }

    @AfterEach
    void closeLauncher() {
        launcher.close();
    }

    @Override
    protected AgentAdapter adapterThat(Behaviour behaviour) throws Exception {
        return ClaudeAgent.builder("claude")
                .command(script.write(directory(), behaviour).toString())
                .apiKeySecret(SECRET.name())
                .grace(grace())
                .build(new Host(launcher));
    }

    /** The client's own arithmetic, not a bill. */
    @Override
    protected UsageReport understood(UsageReport said) {
        return new UsageReport(said.usage(), Cost.estimated(said.cost().amount()));
    }

    /** Generous: this host may be busy with other things. */
    @Override
    protected Duration slack() {
        return Duration.ofSeconds(10);
    }

    private record Host(ProcessLauncher processes) implements ProviderContext {

        @Override
        public Optional<String> property(String name) {
            return Optional.empty();
        }

        @Override
        public SecretSource secrets() {
            return name -> Optional.of(SECRET).filter(secret -> secret.name().equals(name));
        }

        @Override
        public InstantSource clock() {
            return InstantSource.system();
        }
    }
}
