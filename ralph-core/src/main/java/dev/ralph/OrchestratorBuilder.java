/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph;

import dev.ralph.cache.Caches;
import dev.ralph.event.RunListener;
import dev.ralph.health.HealthProbe;
import dev.ralph.internal.engine.Blueprint;
import dev.ralph.internal.health.ProbeRules;
import dev.ralph.process.Containment;
import dev.ralph.spi.AgentAdapter;
import dev.ralph.spi.AgentAdapterProvider;
import dev.ralph.spi.ArtifactStore;
import dev.ralph.spi.Dispatcher;
import dev.ralph.spi.GateProvider;
import dev.ralph.spi.Secret;
import dev.ralph.spi.SecretSource;
import dev.ralph.spi.Store;
import dev.ralph.spi.WorkspaceProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * Builds an {@link Orchestrator}. What is set here wins over system properties, these over environment variables, these
 * over the properties file {@code RALPH_CONFIG} names, that over defaults. Agents, stores, gates, workspaces, caches, secret
 * sources and dispatchers are found by {@link java.util.ServiceLoader}; what is registered here replaces what is found under the same
 * id. The orchestrator closes what it finds; what is registered here is closed by whoever made it. Not thread-safe.
 */
public final class OrchestratorBuilder {

    private final List<AgentAdapter> agents = new ArrayList<>();
    private final List<AgentAdapterProvider> agentProviders = new ArrayList<>();
    private final List<GateProvider> gates = new ArrayList<>();
    private final List<WorkspaceProvider> workspaces = new ArrayList<>();
    private final List<SecretSource> secrets = new ArrayList<>();
    private final List<Secret> masked = new ArrayList<>();
    private final List<RunListener> listeners = new ArrayList<>();
    private final List<HealthProbe> healthProbes = new ArrayList<>();
    private final List<MeterRegistry> meterRegistries = new ArrayList<>();
    private final Map<String, String> properties = new LinkedHashMap<>();
    private final Map<String, String> defaults = new LinkedHashMap<>();
    private @Nullable Store store;
    private @Nullable ArtifactStore artifacts;
    private @Nullable Caches caches;
    private @Nullable Dispatcher dispatcher;
    private @Nullable ExecutorService executor;
    private ObservationRegistry observationRegistry = ObservationRegistry.NOOP;
    private @Nullable Limits defaultLimits;
    private Containment containment = Containment.strongest();
    private Duration leaseTtl = Duration.ofSeconds(15);
    private Duration killMargin = Duration.ofSeconds(7);
    private Duration drainTimeout = Duration.ofSeconds(30);
    private InstantSource clock = InstantSource.system();
    private ClassLoader classLoader = OrchestratorBuilder.class.getClassLoader();

    OrchestratorBuilder() {}

    /** The store. Without this, the one {@code RALPH_STORE} names, or one in memory that lives as long as this process. */
    public OrchestratorBuilder store(Store value) {
        store = value;
        return this;
    }

    /**
     * Where the full output of every attempt and gate is kept. Without this, where {@code RALPH_ARTIFACTS} says; without
     * that in {@code RALPH_ARTIFACTS_DIR}; without either nowhere: a library writes no files unasked. If the store encrypts,
     * what is given here is wrapped in a {@link dev.ralph.artifact.SealedArtifactStore}, unless it is one.
     */
    public OrchestratorBuilder artifacts(ArtifactStore value) {
        artifacts = value;
        return this;
    }

    /**
     * How much of each full output is kept, in whole megabytes of what was printed. What is more is left out, but for the
     * last 64 kB. 64 without this.
     *
     * @throws InvalidValueException if it is not from 1 to 100,000
     */
    public OrchestratorBuilder maxArtifact(int megabytes) {
        return property(
                "RALPH_ARTIFACTS_MAX_MB", Integer.toString(Check.inRange("maxArtifact", megabytes, 1, 100_000)));
    }

    /**
     * Whether what has the shape of a secret nobody told Ralph of (tokens of well-known vendors, private keys, passwords in
     * URLs) is masked in all that is stored and shown. Secrets that Ralph hands out are, in any case. True without this.
     */
    public OrchestratorBuilder redactPatterns(boolean value) {
        return property("RALPH_REDACT_PATTERNS", Boolean.toString(value));
    }

    /**
     * Where what people read is cached: runs, listings, costs, what agents say of themselves. Without this, where
     * {@code RALPH_CACHE} says; without that nowhere. What decides about a run is never read from a cache.
     * Orchestrators share caches only if they share the store.
     */
    public OrchestratorBuilder caches(Caches value) {
        caches = value;
        return this;
    }

    /** The dispatcher. Without this, the one {@code RALPH_DISPATCHER} names, or one that works runs in this process. */
    public OrchestratorBuilder dispatcher(Dispatcher value) {
        dispatcher = value;
        return this;
    }

    /** Adds an agent. */
    public OrchestratorBuilder agent(AgentAdapter adapter) {
        agents.add(adapter);
        return this;
    }

    /** Adds an agent by its provider. */
    public OrchestratorBuilder agent(AgentAdapterProvider provider) {
        agentProviders.add(provider);
        return this;
    }

    /** Adds a type of gate. */
    public OrchestratorBuilder gate(GateProvider provider) {
        gates.add(provider);
        return this;
    }

    /** Adds a kind of workspace. */
    public OrchestratorBuilder workspace(WorkspaceProvider provider) {
        workspaces.add(provider);
        return this;
    }

    /** Adds a source of secrets; those added are asked before those found, and these before the environment. */
    public OrchestratorBuilder secrets(SecretSource source) {
        secrets.add(source);
        return this;
    }

    /**
     * Adds a listener to all runs this node works on, for as long as it works on them: it hears each state event this node
     * writes, and all activity of its agents. The node that works on a run first tells of its submission too. What another
     * node does to a run before, in between and after is heard there; {@link Run#follow} tells of it wherever it is done.
     */
    public OrchestratorBuilder listener(RunListener listener) {
        listeners.add(listener);
        return this;
    }

    /**
     * Adds a check to {@link Orchestrator#health}; its name must be no other's.
     *
     * @throws ConfigurationException if its name, time-out or validity cannot be used
     */
    public OrchestratorBuilder healthProbe(HealthProbe probe) {
        ProbeRules.require(probe);
        healthProbes.add(probe);
        return this;
    }

    /**
     * Counts into a registry what the orchestrator does, as {@link Orchestrator#measure}, from its first run on. Without this,
     * nothing is counted until the host binds a registry. The host keeps and closes it.
     */
    public OrchestratorBuilder meterRegistry(MeterRegistry registry) {
        meterRegistries.add(registry);
        return this;
    }

    /**
     * The threads runs are worked on. Without this, virtual threads where there are any, else as many threads as runs may
     * be at work. The host keeps and ends it.
     */
    public OrchestratorBuilder executor(ExecutorService value) {
        executor = value;
        return this;
    }

    /**
     * Where submissions, runs, attempts of agents, gates, checkpoints, and calls of the store and of caches are observed, by
     * the names of {@link dev.ralph.observation.RalphObservation}. A handler that makes spans of them makes the agents' part
     * of the trace, too: their processes find its context in {@code TRACEPARENT}. Nowhere without this, at no cost.
     */
    public OrchestratorBuilder observationRegistry(ObservationRegistry value) {
        observationRegistry = value;
        return this;
    }

    /**
     * Whether observations show prompts and results, with secrets masked and cut after some thousand characters. Whoever reads
     * traces then reads them. False without this.
     */
    public OrchestratorBuilder observeContent(boolean value) {
        return property("RALPH_OBSERVE_CONTENT", Boolean.toString(value));
    }

    /** How many runs are worked on at once; the rest queue. 4 without this. */
    public OrchestratorBuilder maxParallelRuns(int runs) {
        return property("RALPH_MAX_PARALLEL_RUNS", Integer.toString(runs));
    }

    /** The name of this node, unique among those that share a store. Made up from host and process without this. */
    public OrchestratorBuilder node(String name) {
        return property("RALPH_NODE", name);
    }

    /** Ids of agents in the order a run that names none tries them. */
    public OrchestratorBuilder preferAgents(String... ids) {
        return property("RALPH_AGENT", String.join(",", ids));
    }

    /** The limits of runs that name none. */
    public OrchestratorBuilder defaultLimits(Limits limits) {
        defaultLimits = limits;
        return this;
    }

    /**
     * A secret that is masked wherever those are that secret sources hand out: for one that the host itself has used, such as
     * the password of the database it gives a store.
     */
    public OrchestratorBuilder mask(Secret secret) {
        masked.add(secret);
        return this;
    }

    /** Which containment agents run in. Without this, the strongest that works on this host. */
    public OrchestratorBuilder containment(Containment value) {
        containment = value;
        return this;
    }

    /** Whether git is used in workspaces. {@link VersionControl#AUTO} without this. */
    public OrchestratorBuilder versionControl(VersionControl value) {
        return property("RALPH_VERSION_CONTROL", value.name());
    }

    /**
     * How long one git command may take, or one look at the files of a workspace without git, in whole seconds; more for
     * very large repositories. Two minutes without this.
     *
     * @throws InvalidValueException if it is not longer than zero
     */
    public OrchestratorBuilder workspaceTimeout(Duration timeout) {
        long seconds = Check.positive("workspaceTimeout", timeout)
                .plusSeconds(1)
                .minusNanos(1)
                .toSeconds();
        return property("RALPH_WORKSPACE_TIMEOUT", Long.toString(seconds));
    }

    /**
     * How long this node's hold on a run lasts without renewal, and how long before its end the agent is killed if it
     * cannot be renewed. 15 and 7 seconds without this. With a margin under 4 seconds, the agent of a JVM that is stopped
     * (SIGSTOP) may still be alive for a moment when another node takes over.
     *
     * @throws InvalidValueException if the margin is not longer than zero and shorter than half the lease
     */
    public OrchestratorBuilder leases(Duration ttl, Duration margin) {
        Check.positive("leases.ttl", ttl);
        Check.positive("leases.margin", margin);
        if (margin.multipliedBy(2).compareTo(ttl) >= 0) {
            throw new InvalidValueException("leases.margin", margin, "must be shorter than half the lease of " + ttl);
        }
        leaseTtl = ttl;
        killMargin = margin;
        return this;
    }

    /** How long {@link Orchestrator#close()} lets iterations in flight come to their end. 30 seconds without this. */
    public OrchestratorBuilder drainTimeout(Duration timeout) {
        drainTimeout = Check.notNegative("drainTimeout", timeout);
        return this;
    }

    /** A configuration value by its environment name. */
    public OrchestratorBuilder property(String name, String value) {
        properties.put(name, value);
        return this;
    }

    /** A default of the host's: a configuration value that counts where neither this builder nor its user sets it. */
    public OrchestratorBuilder defaultProperty(String name, String value) {
        defaults.put(name, value);
        return this;
    }

    /** The clock for times of submission. */
    public OrchestratorBuilder clock(InstantSource value) {
        clock = value;
        return this;
    }

    /** Where providers are looked for. The class loader of this library without this. */
    public OrchestratorBuilder classLoader(ClassLoader value) {
        classLoader = value;
        return this;
    }

    /**
     * Makes the orchestrator and starts it.
     *
     * @throws ConfigurationException if something configured is missing, doubled or unusable
     */
    public Orchestrator build() {
        return new Blueprint(
                        agents,
                        agentProviders,
                        gates,
                        workspaces,
                        secrets,
                        masked,
                        listeners,
                        healthProbes,
                        meterRegistries,
                        properties,
                        defaults,
                        store,
                        artifacts,
                        caches,
                        dispatcher,
                        executor,
                        observationRegistry,
                        defaultLimits,
                        containment,
                        leaseTtl,
                        killMargin,
                        drainTimeout,
                        clock,
                        classLoader)
                .assemble();
    }
}
