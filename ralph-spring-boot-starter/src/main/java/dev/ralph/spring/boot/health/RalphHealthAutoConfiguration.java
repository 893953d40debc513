/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spring.boot.health;

import dev.ralph.Orchestrator;
import dev.ralph.spring.boot.RalphAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroupsPostProcessor;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * How this node is, in Actuator's health: all of it as {@code ralph}, and by the two questions of a platform in the groups
 * {@code liveness} and {@code readiness}. {@code management.health.ralph.enabled=false} leaves it out.
 */
@AutoConfiguration(
        after = RalphAutoConfiguration.class,
        afterName =
                "org.springframework.boot.health.autoconfigure.actuate.endpoint.AvailabilityProbesAutoConfiguration",
        beforeName =
                "org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration")
@ConditionalOnClass(HealthContributor.class)
@ConditionalOnBean(Orchestrator.class)
@ConditionalOnEnabledHealthIndicator(HealthNames.FULL)
public class RalphHealthAutoConfiguration {

    /** For Spring. */
    public RalphHealthAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean(name = "ralphHealthIndicator")
    HealthIndicator ralphHealthIndicator(Orchestrator orchestrator) {
        return new ReportIndicator(() -> orchestrator.health().full(), ReportIndicator.Kind.FULL);
    }

    @Bean
    @ConditionalOnMissingBean(name = "ralphLivenessHealthIndicator")
    HealthIndicator ralphLivenessHealthIndicator(Orchestrator orchestrator) {
        return new ReportIndicator(() -> orchestrator.health().live(), ReportIndicator.Kind.LIVENESS);
    }

    @Bean
    @ConditionalOnMissingBean(name = "ralphReadinessHealthIndicator")
    HealthIndicator ralphReadinessHealthIndicator(Orchestrator orchestrator) {
        return new ReportIndicator(() -> orchestrator.health().ready(), ReportIndicator.Kind.READINESS);
    }

    /** Apart, since the endpoint is in the class path of Actuator alone. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(
            name = {
                "org.springframework.boot.health.actuate.endpoint.HealthEndpointGroupsPostProcessor",
                "org.springframework.boot.actuate.endpoint.SecurityContext"
            })
    static class Groups {

        @Bean
        @ConditionalOnMissingBean(name = "ralphHealthGroups")
        HealthEndpointGroupsPostProcessor ralphHealthGroups(Environment environment) {
            return new HealthGroups(environment);
        }
    }
}
