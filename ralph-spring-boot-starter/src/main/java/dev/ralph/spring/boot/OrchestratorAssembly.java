/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spring.boot;

import dev.ralph.InvalidValueException;
import dev.ralph.Limits;
import dev.ralph.LimitsBuilder;
import dev.ralph.Orchestrator;
import dev.ralph.OrchestratorBuilder;
import dev.ralph.cache.Caches;
import dev.ralph.event.RunListener;
import dev.ralph.health.HealthProbe;
import dev.ralph.spi.AgentAdapter;
import dev.ralph.spi.AgentAdapterProvider;
import dev.ralph.spi.ArtifactStore;
import dev.ralph.spi.Dispatcher;
import dev.ralph.spi.GateProvider;
import dev.ralph.spi.Secret;
import dev.ralph.spi.SecretSource;
import dev.ralph.spi.Store;
import dev.ralph.spi.WorkspaceProvider;
import dev.ralph.spring.boot.properties.HostProperties;
import dev.ralph.spring.boot.properties.PropertyText;
import dev.ralph.spring.boot.properties.RalphProperties;
import dev.ralph.spring.boot.properties.RalphSettings;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Builds the orchestrator from properties and beans. Plug-ins are looked for when it is built, so that they may use the
 * orchestrator themselves.
 */
final class OrchestratorAssembly {

    /** The name of the bean that is built here. */
    private static final String BUILT = "ralphOrchestrator";

    private static final Duration LONGEST_TIMEOUT = Duration.ofDays(365);

    /** Properties that hold one in clear, of the application's and of Ralph's. */
    private static final List<String> PASSWORDS = List.of(
            "spring.datasource.password",
            "spring.datasource.hikari.password",
            "spring.data.redis.password",
            "spring.data.redis.sentinel.password",
            "ralph.encryption-key",
            "ralph.audit-key",
            "ralph.redis-sentinel-password",
            "REDIS_SENTINEL_PASSWORD");

    private final ConfigurableListableBeanFactory beans;
    private final ConfigurableEnvironment environment;
    private final RalphSettings settings;
    private final RalphProperties library;
    private final HostProperties host;
    private final Duration drain;

    OrchestratorAssembly(
            ConfigurableListableBeanFactory beans,
            ConfigurableEnvironment environment,
            RalphSettings settings,
            RalphProperties library,
            HostProperties host,
            Duration drain) {
        this.beans = beans;
        this.environment = environment;
        this.settings = settings;
        this.library = library;
        this.host = host;
        this.drain = drain;
    }

    /** Where plug-ins are looked for: where the application's classes are. */
    static ClassLoader plugIns(ConfigurableBeanFactory beans) {
        ClassLoader loader = beans.getBeanClassLoader();
        return loader != null ? loader : OrchestratorAssembly.class.getClassLoader();
    }

    /** Builds and starts it. */
    Orchestrator build() {
        OrchestratorBuilder builder = Orchestrator.builder().classLoader(plugIns(beans));
        settings.forBuilder().forEach(builder::property);
        builder.leases(host.leaseTtl(), host.leaseMargin()).drainTimeout(drain);
        limits().ifPresent(builder::defaultLimits);
        host.agents().forEach((id, agent) -> builder.agent(CommandAgents.provider(id, agent)));
        all(AgentAdapter.class).forEach(builder::agent);
        all(AgentAdapterProvider.class).forEach(builder::agent);
        all(GateProvider.class).forEach(builder::gate);
        all(WorkspaceProvider.class).forEach(builder::workspace);
        all(SecretSource.class).forEach(builder::secrets);
        all(RunListener.class).forEach(builder::listener);
        all(HealthProbe.class).forEach(builder::healthProbe);
        one(Store.class).ifPresent(builder::store);
        one(ArtifactStore.class).ifPresent(builder::artifacts);
        one(Caches.class).ifPresent(builder::caches);
        one(Dispatcher.class).ifPresent(builder::dispatcher);
        outlives(MeterRegistry.class);
        outlives(ObservationRegistry.class);
        Optional.ofNullable(beans.getBeanProvider(MeterRegistry.class).getIfUnique())
                .ifPresent(builder::meterRegistry);
        Optional.ofNullable(beans.getBeanProvider(ObservationRegistry.class).getIfUnique())
                .ifPresent(builder::observationRegistry);
        new StintThreads(beans, BUILT, host.executorBean())
                .find()
                .ifPresent((ExecutorService threads) -> builder.executor(threads));
        mask(builder);
        all(RalphBuilderCustomizer.class).forEach(customizer -> customizer.customize(builder));
        return builder.build();
    }

    /** What stores and caches were opened with before there is an orchestrator that could learn it. */
    private void mask(OrchestratorBuilder builder) {
        if (beans.getSingleton(RalphAutoConfiguration.PROVIDER_CONTEXT) instanceof HostContext context) {
            context.handedOut().forEach(builder::mask);
        }
        for (String name : PASSWORDS) {
            PropertyText.find(environment, name).ifPresent(value -> builder.mask(new Secret(name, value)));
        }
    }

    private <T> Iterable<T> all(Class<T> type) {
        outlives(type);
        return beans.getBeanProvider(type).orderedStream().toList();
    }

    /** What it uses is destroyed after it, though it was made later; even if the start fails, and no lifecycle ends it. */
    private void outlives(Class<?> type) {
        for (String name : beans.getBeanNamesForType(type, false, false)) {
            beans.registerDependentBean(name, BUILT);
        }
    }

    /** Several without a primary one are an error of the application's, which Spring tells. */
    private <T> Optional<T> one(Class<T> type) {
        outlives(type);
        return Optional.ofNullable(beans.getBeanProvider(type).getIfAvailable());
    }

    /** Empty unless a limit is set that the library does not read itself. */
    private Optional<Limits> limits() {
        if (host.attemptTimeout() == null && host.idleTimeout() == null) {
            return Optional.empty();
        }
        LimitsBuilder limits = Limits.builder();
        Optional.ofNullable(library.maxIterations()).ifPresent(limits::maxIterations);
        Optional.ofNullable(library.maxRuntime()).ifPresent(limits::maxRuntime);
        Optional.ofNullable(library.maxTokens()).ifPresent(limits::maxTokens);
        Optional.ofNullable(library.maxCost()).ifPresent(limits::maxCost);
        Optional.ofNullable(host.attemptTimeout())
                .map(value -> forAProcess("ralph.attempt-timeout", value))
                .ifPresent(limits::attemptTimeout);
        Optional.ofNullable(host.idleTimeout())
                .map(value -> forAProcess("ralph.idle-timeout", value))
                .ifPresent(limits::idleTimeout);
        return Optional.of(limits.build());
    }

    /** Limits of runs may be longer, but no process is launched with them. */
    private static Duration forAProcess(String property, Duration value) {
        if (value.compareTo(LONGEST_TIMEOUT) > 0) {
            throw new InvalidValueException(property, value, "must be longer than zero, and 365 days at most");
        }
        return value;
    }
}
