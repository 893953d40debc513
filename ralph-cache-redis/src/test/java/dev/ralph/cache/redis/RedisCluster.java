/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.cache.redis;

import static dev.ralph.cache.redis.TestRegions.soon;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A cluster of three servers without replicas. */
record RedisCluster(List<RedisProcess> servers) implements AutoCloseable {

    private static final int SLOTS = 16384;

    static RedisCluster start() throws IOException {
        List<RedisProcess> servers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            servers.add(RedisProcess.start(
                    "--cluster-enabled",
                    "yes",
                    "--cluster-node-timeout",
                    "2000",
                    "--cluster-config-file",
                    Files.createTempDirectory("cluster").resolve("nodes.conf").toString()));
        }
        for (int i = 0; i < 3; i++) {
            String slots = IntStream.range(SLOTS * i / 3, SLOTS * (i + 1) / 3)
                    .mapToObj(String::valueOf)
                    .collect(Collectors.joining(" "));
            servers.get(i).command("CLUSTER ADDSLOTS " + slots);
            servers.get(i).command("CLUSTER MEET 127.0.0.1 " + servers.get(0).port());
        }
        soon("a cluster that knows itself", () -> servers.stream().allMatch(RedisCluster::complete));
        return new RedisCluster(List.copyOf(servers));
    }

    private static boolean complete(RedisProcess server) {
        try {
            String info = server.command("CLUSTER INFO");
            return info.contains("cluster_state:ok") && info.contains("cluster_known_nodes:3");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return "redis-cluster://"
                + servers.stream().map(server -> "127.0.0.1:" + server.port()).collect(Collectors.joining(","));
    }

    @Override
    public void close() {
        servers.forEach(RedisProcess::close);
    }
}
