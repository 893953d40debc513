/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agents.gemini;

import dev.ralph.Usage;
import dev.ralph.agents.gemini.internal.GeminiPrices;
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
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;

/** The adapter keeps the contract of all adapters, with agents that print as the client does. */
@Tag("integration")
class GeminiAgentContractTest extends AgentAdapterContract {

    private static final String MODEL = "gemini-2.5-pro";

    private static final String DIALECT = """
            if [ "$1" = --version ]; then echo 0.61.0; exit 0; fi
            printf '{"type":"init","session_id":"1","model":"%1$s"}\\n'
            # The model does not see what only tells the client to leave the prompt alone.
            prompt() { sed '1{/^\\/ralph-prompt$/d;}'; }
            stats=''
            usage() {
                stats=$(printf ',"stats":{"models":{"%1$s":{"total_tokens":%%d,"input_tokens":%%d,"output_tokens":%%d,"cached":%%d,"input":%%d}}}' \\
                    $(($1 + $2 + $3)) $(($1 + $3)) "$2" "$3" "$1")
            }
            say() { printf '{"type":"message","role":"assistant","content":"%%s","delta":true}\\n' "$1"; }
            finish() {
                { cat; echo; } | sed 's/.*/{"type":"message","role":"assistant","content":"&\\\\n","delta":true}/'
                printf '{"type":"result","status":"success"%%s}\\n' "$stats"
            }
            fail() {
                printf '{"type":"result","status":"error","error":{"type":"unknown","message":"[API Error: %%s]"}}\\n' "$1"
                exit 1
            }
            """.formatted(MODEL);

    private final ProcessLauncher processes = ProcessLauncher.create();
    private final AgentScript script = new AgentScript(DIALECT);

    @AfterEach
    void close() {
        processes.close();
    }

    @Override
    protected AgentAdapter adapterThat(Behaviour behaviour) throws Exception {
        return GeminiAgent.builder("tck")
                .command(script.write(directory(), behaviour).toString())
                .apiKeySecret(SECRET.name())
                .grace(grace())
                .build(new Host(processes));
    }

    /** The client reports no tokens written to a cache and no money. */
    @Override
    protected UsageReport understood(UsageReport said) {
        Usage usage = Objects.requireNonNull(said.usage());
        Usage told = new Usage(usage.input(), usage.output(), usage.cacheRead(), 0);
        return new UsageReport(told, GeminiPrices.builtIn().estimate(MODEL, told));
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
