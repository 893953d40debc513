/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain;

import dev.ralph.AgentRef;
import dev.ralph.Orchestrator;
import dev.ralph.Run;
import dev.ralph.RunSpec;
import dev.ralph.RunSpecBuilder;
import dev.ralph.cache.redis.RedisCaches;
import dev.ralph.health.HealthEndpoint;
import dev.ralph.store.jdbc.DbSchedulerDispatcher;
import dev.ralph.store.jdbc.JdbcStore;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A service that embeds Ralph, submits runs and leaves them to workers. It serves its metrics as the worker does. */
final class SubmittingHost implements AutoCloseable {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JdbcStore store;
    private final DbSchedulerDispatcher queue = DbSchedulerDispatcher.submitting();
    private final RedisCaches caches;
    private final Orchestrator ralph;
    private final HealthEndpoint endpoint;
    private final Path folder;
    private int workspaces;

    SubmittingHost(String database, RedisServer redis, Path folder) throws IOException {
        this.folder = folder;
        this.store = JdbcStore.builder().url(database).build();
        this.caches = RedisCaches.builder().url(redis.url()).build();
        this.ralph = Orchestrator.builder()
                .store(store)
                .dispatcher(queue)
                .caches(caches)
                .meterRegistry(registry)
                .build();
        this.endpoint = HealthEndpoint.builder(ralph.health())
                .metrics("text/plain; version=0.0.4; charset=utf-8", registry::scrape)
                .host("127.0.0.1")
                .port(0)
                .start();
    }

    Orchestrator ralph() {
        return ralph;
    }

    Endpoint endpoint() {
        InetSocketAddress address = endpoint.address();
        return Endpoint.at("http://127.0.0.1:" + address.getPort());
    }

    /** A run whose agent is a script, in a folder of its own. */
    Run submit(String script) throws IOException {
        return submit(script, spec -> spec);
    }

    Run submit(String script, UnaryOperator<RunSpecBuilder> more) throws IOException {
        workspaces++;
        return submit(Files.createDirectory(folder.resolve("workspace-" + workspaces)), script, more);
    }

    Run submit(Path workspace, String script, UnaryOperator<RunSpecBuilder> more) {
        List<String> command = List.of("sh", "-c", script, "sh", "{iteration}");
        RunSpecBuilder spec =
                RunSpec.prompt("Work").workspace(workspace).agent(new AgentRef("command", Map.of("command", command)));
        return ralph.submit(more.apply(spec).build());
    }

    @Override
    public void close() {
        endpoint.close();
        ralph.close();
        queue.close();
        caches.close();
        store.close();
        registry.close();
    }
}
