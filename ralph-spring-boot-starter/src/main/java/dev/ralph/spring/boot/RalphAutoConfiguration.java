/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spring.boot;

import dev.ralph.Orchestrator;
import dev.ralph.spi.ProviderContext;
import dev.ralph.spi.SecretSource;
import dev.ralph.spring.boot.properties.CacheProperties;
import dev.ralph.spring.boot.properties.ClientProperties;
import dev.ralph.spring.boot.properties.DatabaseProperties;
import dev.ralph.spring.boot.properties.HostProperties;
import dev.ralph.spring.boot.properties.RalphProperties;
import dev.ralph.spring.boot.properties.RalphSettings;
import java.time.Duration;
import java.util.List;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.context.LifecycleProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.ConfigurableEnvironment;

/** An {@link Orchestrator} made of properties and beans. Every bean gives way to one of the application's. */
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration"
        })
@ConditionalOnBooleanProperty(name = "ralph.enabled", matchIfMissing = true)
@EnableConfigurationProperties({
    RalphProperties.class,
    ClientProperties.class,
    DatabaseProperties.class,
    CacheProperties.class,
    HostProperties.class
})
public class RalphAutoConfiguration {

    /** The bean that providers of stores and caches are offered. */
    static final String PROVIDER_CONTEXT = "ralphProviderContext";

    /** For Spring. */
    public RalphAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    RalphSettings ralphSettings(
            ConfigurableEnvironment environment,
            RalphProperties library,
            ClientProperties clients,
            DatabaseProperties database,
            CacheProperties cache) {
        return RalphSettings.of(environment, List.of(library, clients, database, cache), System.getenv());
    }

    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    @ConditionalOnMissingBean(name = "ralphEnvironmentSecrets")
    SecretSource ralphEnvironmentSecrets(ConfigurableEnvironment environment) {
        return new EnvironmentSecrets(environment);
    }

    /** Only where a store or caches are made as beans; else the library alone asks plug-ins for secrets. */
    @Bean
    @Lazy
    @ConditionalOnMissingBean
    ProviderContext ralphProviderContext(
            ConfigurableBeanFactory beans,
            ConfigurableEnvironment environment,
            RalphSettings settings,
            ObjectProvider<SecretSource> secrets) {
        return new HostContext(
                settings,
                environment,
                secrets.orderedStream().toList(),
                System.getenv(),
                OrchestratorAssembly.plugIns(beans));
    }

    @Bean
    @ConditionalOnMissingBean(name = "ralphEventPublisher")
    RunEventPublisher ralphEventPublisher(ApplicationEventPublisher publisher, HostProperties host) {
        return new RunEventPublisher(publisher, host.events());
    }

    @Bean
    @ConditionalOnMissingBean
    Orchestrator ralphOrchestrator(
            ConfigurableListableBeanFactory beans,
            ConfigurableEnvironment environment,
            RalphSettings settings,
            RalphProperties library,
            HostProperties host,
            ObjectProvider<LifecycleProperties> lifecycle) {
        return new HostedOrchestrator(
                new OrchestratorAssembly(beans, environment, settings, library, host, drain(host, lifecycle))::build);
    }

    @Bean
    @ConditionalOnMissingBean(name = "ralphLifecycle")
    RalphLifecycle ralphLifecycle(
            BeanFactory beans,
            Orchestrator orchestrator,
            RalphSettings settings,
            HostProperties host,
            ObjectProvider<LifecycleProperties> lifecycle) {
        RunRecovery recovery = new RunRecovery(beans, orchestrator, settings);
        return new RalphLifecycle(orchestrator, () -> recovery.onStart(host.resumeOnStart()), drain(host, lifecycle));
    }

    private static Duration drain(HostProperties host, ObjectProvider<LifecycleProperties> lifecycle) {
        return RalphLifecycle.drain(
                host.drainTimeout(),
                lifecycle.getIfAvailable(LifecycleProperties::new).getTimeoutPerShutdownPhase());
    }
}
