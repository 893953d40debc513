/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.engine;

import dev.ralph.ConfigurationException;
import dev.ralph.Limits;
import dev.ralph.Orchestrator;
import dev.ralph.cache.CacheProvider;
import dev.ralph.cache.Caches;
import dev.ralph.event.RunListener;
import dev.ralph.health.HealthProbe;
import dev.ralph.health.HealthSource;
import dev.ralph.internal.audit.AuditTrail;
import dev.ralph.internal.codec.RunCodec;
import dev.ralph.internal.config.ConfigKeys;
import dev.ralph.internal.config.Configuration;
import dev.ralph.internal.dispatch.LocalDispatcher;
import dev.ralph.internal.monitor.MonitoredStore;
import dev.ralph.internal.monitor.WorkMonitors;
import dev.ralph.internal.observation.Observations;
import dev.ralph.internal.observation.TracedCaches;
import dev.ralph.internal.observation.TracedStore;
import dev.ralph.internal.output.Outputs;
import dev.ralph.internal.worker.Agents;
import dev.ralph.internal.worker.EventFeed;
import dev.ralph.internal.worker.Gates;
import dev.ralph.internal.worker.LeaseKeeper;
import dev.ralph.internal.worker.Redactor;
import dev.ralph.internal.worker.RunWorker;
import dev.ralph.internal.worker.WorkerServices;
import dev.ralph.internal.worker.WorkspaceSessions;
import dev.ralph.internal.worker.WorkspaceSources;
import dev.ralph.internal.workspace.ContainedGit;
import dev.ralph.log.LogText;
import dev.ralph.process.Containment;
import dev.ralph.process.ProcessLauncher;
import dev.ralph.spi.AgentAdapter;
import dev.ralph.spi.AgentAdapterProvider;
import dev.ralph.spi.ArtifactStore;
import dev.ralph.spi.ArtifactStoreProvider;
import dev.ralph.spi.DispatchContext;
import dev.ralph.spi.Dispatcher;
import dev.ralph.spi.DispatcherProvider;
import dev.ralph.spi.GateProvider;
import dev.ralph.spi.Provider;
import dev.ralph.spi.ProviderContext;
import dev.ralph.spi.Secret;
import dev.ralph.spi.SecretSource;
import dev.ralph.spi.SecretSourceProvider;
import dev.ralph.spi.Store;
import dev.ralph.spi.StoreProvider;
import dev.ralph.spi.WorkspaceProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a builder was told; assembles an orchestrator from it. */
public record Blueprint(
        List<AgentAdapter> agents,
        List<AgentAdapterProvider> agentProviders,
        List<GateProvider> gates,
        List<WorkspaceProvider> workspaces,
        List<SecretSource> secrets,
        List<Secret> masked,
        List<RunListener> listeners,
        List<HealthProbe> healthProbes,
        List<MeterRegistry> meterRegistries,
        Map<String, String> properties,
        Map<String, String> defaults,
        @Nullable Store store,
        @Nullable ArtifactStore artifacts,
        @Nullable Caches caches,
        @Nullable Dispatcher dispatcher,
        @Nullable ExecutorService executor,
        ObservationRegistry observationRegistry,
        @Nullable Limits defaultLimits,
        Containment containment,
        Duration leaseTtl,
        Duration killMargin,
        Duration drainTimeout,
        InstantSource clock,
        ClassLoader classLoader) {

    private static final Logger LOG = LoggerFactory.getLogger(Blueprint.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration SHORTEST_KEEP_ALIVE = Duration.ofSeconds(3);
    private static final Duration LONGEST_KEEP_ALIVE = Duration.ofSeconds(6);
    private static final Duration LAST_DELIVERIES = Duration.ofSeconds(5);
    private static final int DEFAULT_PARALLEL_RUNS = 4;
    private static final String AUTO = "auto";
    private static final String LOCAL = "local";
    private static final String MEMORY = "memory";

    public Blueprint {
        agents = List.copyOf(agents);
        agentProviders = List.copyOf(agentProviders);
        gates = List.copyOf(gates);
        workspaces = List.copyOf(workspaces);
        secrets = List.copyOf(secrets);
        masked = List.copyOf(masked);
        listeners = List.copyOf(listeners);
        healthProbes = List.copyOf(healthProbes);
        meterRegistries = List.copyOf(meterRegistries);
        properties = Map.copyOf(properties);
        defaults = Map.copyOf(defaults);
    }

    /** Assembles and starts it; what was made so far is closed if something cannot be made. */
    public Orchestrator assemble() {
        Configuration configuration = Configuration.of(properties, systemProperties(), System.getenv(), defaults);
        Owned owned = new Owned();
        try {
            return assemble(configuration, owned);
        } catch (RuntimeException | Error e) {
            owned.closeAll();
            throw e;
        }
    }

    private Orchestrator assemble(Configuration configuration, Owned owned) {
        Pending<ProcessLauncher> launcher = owned.add(
                Pending.begin(
                        "ralph-containment-",
                        ProcessLauncher.builder().containment(containment).keepAlive(keepAlive())::build),
                pending -> pending.close(ProcessLauncher::close));
        Map<String, AgentAdapterProvider> adapterProviders = Discovery.byId(
                "agent", ServiceLoader.load(AgentAdapterProvider.class, classLoader), agentProviders, Provider::id);
        Map<String, StoreProvider> storeProviders =
                Discovery.byId("store", ServiceLoader.load(StoreProvider.class, classLoader), List.of(), Provider::id);
        Map<String, ArtifactStoreProvider> artifactProviders = Discovery.byId(
                "artifact store",
                ServiceLoader.load(ArtifactStoreProvider.class, classLoader),
                List.of(),
                Provider::id);
        Map<String, CacheProvider> cacheProviders =
                Discovery.byId("cache", ServiceLoader.load(CacheProvider.class, classLoader), List.of(), Provider::id);
        Map<String, DispatcherProvider> dispatcherProviders = Discovery.byId(
                "dispatcher", ServiceLoader.load(DispatcherProvider.class, classLoader), List.of(), Provider::id);
        Map<String, GateProvider> gateProviders =
                Discovery.byId("gate", ServiceLoader.load(GateProvider.class, classLoader), gates, GateProvider::type);
        Map<String, WorkspaceProvider> workspaceProviders = Discovery.byId(
                "workspace", ServiceLoader.load(WorkspaceProvider.class, classLoader), workspaces, Provider::id);
        Map<String, SecretSourceProvider> secretProviders = Discovery.byId(
                "secret source",
                ServiceLoader.load(SecretSourceProvider.class, classLoader),
                List.of(),
                SecretSourceProvider::id);
        Set<String> known = new HashSet<>();
        adapterProviders.values().forEach(provider -> known.addAll(provider.properties()));
        storeProviders.values().forEach(provider -> known.addAll(provider.properties()));
        artifactProviders.values().forEach(provider -> known.addAll(provider.properties()));
        cacheProviders.values().forEach(provider -> known.addAll(provider.properties()));
        dispatcherProviders.values().forEach(provider -> known.addAll(provider.properties()));
        gateProviders.values().forEach(provider -> known.addAll(provider.properties()));
        workspaceProviders.values().forEach(provider -> known.addAll(provider.properties()));
        secretProviders.values().forEach(provider -> known.addAll(provider.properties()));
        configuration.warnings(known).forEach(warning -> LOG.warn("{}", LogText.line(warning)));

        Redactor redactor = RedactionSettings.redactor(configuration);
        masked.forEach(redactor::learn);
        SecretSource secretSource = secretSource(configuration, secretProviders, redactor);
        if (store == null
                && !configuration.find(ConfigKeys.STORE).orElse(MEMORY).equals(MEMORY)) {
            // A node that may launch nothing leaves databases alone.
            launcher.get();
        }
        ProviderContext context = new Context(configuration, secretSource, launcher, clock);
        Observations observations = new Observations(
                observationRegistry,
                configuration.flag(ConfigKeys.OBSERVE_CONTENT).orElse(false));
        Store opened = store != null
                ? store
                : owned.add(make("store", ConfigKeys.STORE, MEMORY, configuration, storeProviders, context));
        Store stored = TracedStore.of(opened, observations);
        ArtifactStore made =
                artifacts != null ? artifacts : ArtifactSettings.make(configuration, artifactProviders, context, owned);
        ArtifactStore full = ArtifactSettings.sealed(made, stored, configuration, secretSource);
        Agents registered = agents(configuration, adapters(adapterProviders, context, owned));
        WorkMonitors monitors = new WorkMonitors();
        Store monitored = new MonitoredStore(stored, monitors, System::nanoTime);
        Caches cached = caches != null ? caches : CacheSettings.make(configuration, cacheProviders, context, owned);
        Readings readings = readings(configuration, cached, monitored, registered, observations, owned);
        Store runs = readings.work();

        int parallel = configuration
                .find(ConfigKeys.MAX_PARALLEL_RUNS, Integer::valueOf, "a whole number from 1 on")
                .orElse(DEFAULT_PARALLEL_RUNS);
        if (parallel < 1) {
            throw new ConfigurationException(
                    ConfigKeys.MAX_PARALLEL_RUNS + " is " + parallel + ", but must be 1 or more");
        }
        RunCodec codec = new RunCodec();
        ExecutorService background = owned.add(
                Executors.newCachedThreadPool(Threads.daemons("ralph-background-")), ExecutorService::shutdownNow);
        Dispatcher dispatching =
                dispatcher != null ? dispatcher : owned.add(dispatcher(configuration, dispatcherProviders, context));
        ProcessLauncher processes = launcher.get();
        if (processes.containment().degraded()) {
            LOG.warn(
                    "Containment is DEGRADED to {}: {}",
                    processes.containment().level(),
                    LogText.line(processes.containment().limitation()));
        }
        WorkspaceSources workspaceSources = WorkspaceSettings.sources(workspaceProviders, context, owned);
        WorkspaceSessions sessions = owned.add(new WorkspaceSessions(
                workspaceSources,
                WorkspaceSettings.options(configuration, clock),
                new ContainedGit(processes),
                clock,
                dispatching.distributes()));
        String node = configuration.find(ConfigKeys.NODE).orElseGet(Blueprint::nodeName);
        WorkerServices services = new WorkerServices(
                node,
                runs,
                codec,
                owned.add(new LeaseKeeper(runs, leaseTtl, killMargin, System::nanoTime)),
                registered,
                new Gates(gateProviders, System::nanoTime, redactor),
                sessions,
                dispatching.distributes(),
                processes,
                owned.add(new EventFeed(runs, codec, Threads.daemons("ralph-events-"), POLL, monitors)),
                redactor,
                new AuditTrail(node, redactor::redact, clock),
                new Outputs(full, redactor, background, ArtifactSettings.limit(configuration)),
                monitors,
                background,
                System::nanoTime,
                () -> ThreadLocalRandom.current().nextDouble(),
                observations);
        listeners.forEach(listener -> services.feed().followHere(readings.seeing(listener)));
        ExecutorService stints =
                executor != null ? executor : owned.add(Threads.forStints(parallel), ExecutorService::shutdown);
        Limits limits = defaultLimits != null ? defaultLimits : configuration.limits();
        RunWorker worker = new RunWorker(services);
        DispatchContext dispatch =
                new DispatchContext(worker, runs, services.node(), parallel, stints, RunCodec.READABLE, leaseTtl);
        // A command that is just being delivered gives its run back: without its store, only the lease's end would.
        owned.add(background, tasks -> Threads.letFinish(tasks, LAST_DELIVERIES));
        List<HealthSource> sources = new ArrayList<>(List.of(stored, dispatching));
        Optional.ofNullable(full).ifPresent(sources::add);
        Optional.ofNullable(cached).ifPresent(sources::add);
        sources.addAll(workspaceSources.all());
        HealthSettings health = new HealthSettings(healthProbes, sources, clock);
        return EmbeddedOrchestrator.start(
                services,
                readings,
                worker,
                dispatching,
                limits,
                dispatch,
                clock,
                drainTimeout,
                POLL,
                health,
                meterRegistries,
                owned);
    }

    private static Readings readings(
            Configuration configuration,
            @Nullable Caches cached,
            Store stored,
            Agents registered,
            Observations observations,
            Owned owned) {
        return cached == null
                ? Readings.direct(stored, registered)
                : Readings.cached(
                        stored,
                        registered,
                        TracedCaches.of(cached, observations),
                        CacheSettings.times(configuration),
                        owned);
    }

    private SecretSource secretSource(
            Configuration configuration, Map<String, SecretSourceProvider> providers, Redactor redactor) {
        List<SecretSource> sources = new ArrayList<>(secrets);
        providers.values().forEach(provider -> sources.add(provider.create(configuration::find)));
        configuration.find(ConfigKeys.SECRETS_DIR).ifPresent(folder -> sources.add(new FolderSecrets(Path.of(folder))));
        sources.add(new EnvironmentSecrets(System.getenv()));
        return new SecretSources(sources, redactor);
    }

    private Map<String, AgentAdapter> adapters(
            Map<String, AgentAdapterProvider> providers, ProviderContext context, Owned owned) {
        Map<String, AgentAdapter> adapters = new LinkedHashMap<>();
        Set<String> byProvider = new HashSet<>();
        agentProviders.forEach(provider -> byProvider.add(provider.id()));
        for (AgentAdapter adapter : agents) {
            if (adapters.putIfAbsent(adapter.id(), adapter) != null || byProvider.contains(adapter.id())) {
                throw new ConfigurationException(
                        "two agents with the id '" + adapter.id() + "' are registered; keep one of them");
            }
        }
        providers.forEach(
                (id, provider) -> adapters.computeIfAbsent(id, missing -> owned.add(provider.create(context))));
        return adapters;
    }

    private static Agents agents(Configuration configuration, Map<String, AgentAdapter> adapters) {
        List<String> preference = configuration.list(ConfigKeys.AGENT).stream()
                .filter(id -> !id.equals(AUTO))
                .toList();
        for (String id : preference) {
            if (!adapters.containsKey(id)) {
                throw new ConfigurationException(ConfigKeys.AGENT + " names the agent '" + id
                        + "', which is not registered; there are " + new TreeSet<>(adapters.keySet()) + " and '" + AUTO
                        + "'");
            }
        }
        return new Agents(adapters, preference);
    }

    private static Dispatcher dispatcher(
            Configuration configuration, Map<String, DispatcherProvider> providers, ProviderContext context) {
        String id = configuration.find(ConfigKeys.DISPATCHER).orElse(LOCAL);
        return id.equals(LOCAL)
                ? new LocalDispatcher()
                : make("dispatcher", ConfigKeys.DISPATCHER, LOCAL, configuration, providers, context);
    }

    private static <T, P extends Provider<T>> T make(
            String kind,
            String key,
            String fallback,
            Configuration configuration,
            Map<String, P> providers,
            ProviderContext context) {
        String id = configuration.find(key).orElse(fallback);
        P provider = providers.get(id);
        if (provider == null) {
            throw new ConfigurationException(key + " is '" + id + "', but no " + kind
                    + " with that id is on the class path; there are " + new TreeSet<>(providers.keySet()));
        }
        return provider.create(context);
    }

    /** A stopped JVM's agents die within the margin before its leases end, if that is no shorter than the shortest. */
    private Duration keepAlive() {
        Duration shorter = killMargin.minusSeconds(1);
        Duration bounded = shorter.compareTo(LONGEST_KEEP_ALIVE) < 0 ? shorter : LONGEST_KEEP_ALIVE;
        return bounded.compareTo(SHORTEST_KEEP_ALIVE) > 0 ? bounded : SHORTEST_KEEP_ALIVE;
    }

    private static Map<String, String> systemProperties() {
        Properties system = System.getProperties();
        Map<String, String> values = new LinkedHashMap<>();
        system.stringPropertyNames().forEach(name -> values.put(name, system.getProperty(name)));
        return values;
    }

    private static String nodeName() {
        String host;
        try {
            host = InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            host = "localhost";
        }
        return host + "-" + ProcessHandle.current().pid() + "-"
                + UUID.randomUUID().toString().substring(0, 8);
    }

    private record Context(
            Configuration configuration, SecretSource secrets, Pending<ProcessLauncher> launcher, InstantSource clock)
            implements ProviderContext {

        @Override
        public ProcessLauncher processes() {
            return launcher.get();
        }

        @Override
        public Optional<String> property(String name) {
            return configuration.find(name);
        }
    }
}
