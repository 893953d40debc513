/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spring.boot.properties;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the starter itself reads.
 *
 * @param enabled Whether there is an orchestrator in this application.
 * @param agents Command-line programs that are agents, by id: 1 to 64 letters, digits, hyphens and underscores.
 * @param attemptTimeout How long one attempt of an agent may take, in runs that name no limits; longer than 0, 365 days at
 *     most.
 * @param idleTimeout How long an agent may print nothing, in runs that name no limits; longer than 0, 365 days at most.
 * @param leaseTtl How long this node's hold on a run lasts without renewal; longer than 0, 3650 days at most.
 * @param leaseMargin How long before the end of that an agent is killed if the hold cannot be renewed; longer than 0, and
 *     less than half of ralph.lease-ttl.
 * @param drainTimeout How long iterations in flight may take to come to their end when the application stops, 0 or more.
 *     Shortened to what spring.lifecycle.timeout-per-shutdown-phase leaves.
 * @param resumeOnStart Whether runs that an earlier start of this application left are gone on with: by default where the
 *     queue is this process's own and the runs are in a database.
 * @param events Which events of runs are published as application events: state (what is stored), all (what agents do and
 *     write at the moment, too) or none.
 * @param executorBean Name of the executor service whose threads runs are worked on; by default ralphExecutor, if there is
 *     one, else threads of Ralph's own.
 */
@ConfigurationProperties("ralph")
public record HostProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue Map<String, CommandAgentProperties> agents,
        @Nullable Duration attemptTimeout,
        @Nullable Duration idleTimeout,
        @DefaultValue("15s") Duration leaseTtl,
        @DefaultValue("7s") Duration leaseMargin,
        @DefaultValue("30s") Duration drainTimeout,
        @Nullable Boolean resumeOnStart,
        @DefaultValue("state") PublishedEvents events,
        @Nullable String executorBean) {

    /** Copies the agents. */
    public HostProperties {
        agents = Map.copyOf(agents);
    }
}
