/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import dev.ralph.spi.AgentAdapter;
import dev.ralph.spi.Secret;
import dev.ralph.spi.UsageReport;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every {@link AgentAdapter} must do. Extend it in the tests of an adapter and say how to make one whose agent behaves
 * as a test needs it. {@link AgentScript} writes such agents; what you add is how yours prints:
 *
 * <pre>{@code
 * class MyAgentContractTest extends AgentAdapterContract {
 *
 *     private final AgentScript script = new AgentScript("""
 *             say() { printf '{"text":"%s"}\\n' "$1"; }
 *             finish() { printf '{"result":"'; cat; printf '"}\\n'; }
 *             fail() { printf '{"error":"%s"}\\n' "$1"; exit 1; }
 *             """);
 *
 *     @Override
 *     protected AgentAdapter adapterThat(Behaviour behaviour) throws Exception {
 *         return new MyAgent(script.write(directory(), behaviour), SECRET, grace());
 *     }
 * }
 * }</pre>
 *
 * <p>The agents are real processes. Tests that look for what they left behind, or for secrets in arguments, read
 * {@code /proc}; they have the tag {@code linux}, which other hosts exclude. Logs are read through Logback, which must be
 * what SLF4J finds.
 */
@Timeout(120)
public abstract class AgentAdapterContract
        implements OutcomeRules, ProbeRules, EndingRules, OutputRules, UsageReportRules, SecrecyRules, SurvivorRules {

    /** The credential of every agent: in its environment, under whatever name the agent reads. */
    protected static final Secret SECRET = new Secret("RALPH_TCK_SECRET", "tck-secret-8f2c61d0b7e94a35");

    @TempDir
    private Path directory;

    private AgentBench bench;

    /** For those who extend this class. */
    protected AgentAdapterContract() {}

    /**
     * Makes an adapter whose agent behaves as {@code behaviour} says, has {@link #SECRET} in its environment, and is
     * given {@link #grace} between a request to end and its end. It is closed after the test.
     */
    protected abstract AgentAdapter adapterThat(Behaviour behaviour) throws Exception;

    /** A folder of this test, for programs and settings; removed after it. */
    protected final Path directory() {
        return directory;
    }

    /** The time between a request to end and the end by force that the adapters are set up with. One second. */
    protected Duration grace() {
        return Duration.ofSeconds(1);
    }

    /** What an adapter may take beyond {@link #grace} to end everything. One second, as Ralph promises. */
    protected Duration slack() {
        return Duration.ofSeconds(1);
    }

    /**
     * What the adapter makes of a report by its agent. By default the same. Override it for an agent that cannot report
     * all of it, or whose cost is an estimate.
     */
    protected UsageReport understood(UsageReport said) {
        return said;
    }

    /** How much a flooding agent writes. 200 MB. */
    protected long floodBytes() {
        return 200_000_000;
    }

    /** How much more of the heap may be in use while an agent floods. 64 MB. */
    protected long heapBytes() {
        return 64_000_000;
    }

    @BeforeEach
    final void openBench() {
        bench = new AgentBench(this, directory);
    }

    @AfterEach
    final void closeBench() throws InterruptedException {
        bench.close();
    }

    /** What the rules work with. */
    @Override
    public final AgentBench bench() {
        return bench;
    }
}
