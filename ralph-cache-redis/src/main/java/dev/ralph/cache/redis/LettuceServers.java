/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.cache.redis;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisCredentials;
import io.lettuce.core.RedisCredentialsProvider;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisKeyAsyncCommands;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.metrics.CommandLatencyRecorder;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Through Lettuce. A lost connection rejects calls until it is back; nothing is sent twice. */
abstract class LettuceServers implements RedisServers {

    private static final int THREADS = 2;
    private static final int MOST_WAITING = 10_000;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
    private static final Duration TOPOLOGY_PERIOD = Duration.ofSeconds(30);

    private final AbstractRedisClient client;
    private final ClientResources resources;

    private LettuceServers(AbstractRedisClient client, ClientResources resources) {
        this.client = client;
        this.resources = resources;
    }

    static RedisServers of(RedisUrl url, SentinelLogin login, Duration timeout, @Nullable Path certificates) {
        ClientResources resources = ClientResources.builder()
                .ioThreadPoolSize(THREADS)
                .computationThreadPoolSize(THREADS)
                .reconnectDelay(Delay.exponential(Duration.ofMillis(10), LONGEST_PAUSE, 2, TimeUnit.MILLISECONDS))
                // Libraries of Micrometer's on the class path would switch it on, for each call, and nobody reads it.
                .commandLatencyRecorder(CommandLatencyRecorder.disabled())
                .build();
        if (url.kind() == RedisUrl.Kind.CLUSTER) {
            RedisClusterClient client = RedisClusterClient.create(
                    resources,
                    url.hosts().stream()
                            .map(host -> authenticated(
                                    url,
                                    timeout,
                                    RedisURI.builder().withHost(host.name()).withPort(host.port())))
                            .toList());
            client.setOptions((ClusterClientOptions) options(
                    ClusterClientOptions.builder()
                            .topologyRefreshOptions(ClusterTopologyRefreshOptions.builder()
                                    .enablePeriodicRefresh(TOPOLOGY_PERIOD)
                                    .adaptiveRefreshTriggersTimeout(LONGEST_PAUSE)
                                    .build()),
                    timeout,
                    certificates));
            return new Cluster(client, resources);
        }
        RedisURI.Builder uri = RedisURI.builder();
        if (url.kind() == RedisUrl.Kind.SENTINELS) {
            uri.withSentinelMasterId(String.valueOf(url.master()));
            url.hosts().forEach(host -> uri.withSentinel(host.name(), host.port()));
        } else {
            uri.withHost(url.hosts().get(0).name()).withPort(url.hosts().get(0).port());
        }
        RedisURI server = authenticated(url, timeout, uri.withDatabase(url.database()));
        server.getSentinels().forEach(sentinel -> {
            sentinel.setSsl(url.tls());
            sentinel.setTimeout(timeout);
            String password = login.password();
            if (password != null) {
                sentinel.setCredentialsProvider(
                        RedisCredentialsProvider.from(() -> RedisCredentials.just(login.user(), password)));
            }
        });
        RedisClient client = RedisClient.create(resources, server);
        client.setOptions(options(ClientOptions.builder(), timeout, certificates));
        return new Server(client, resources);
    }

    private static RedisURI authenticated(RedisUrl url, Duration timeout, RedisURI.Builder uri) {
        if (url.password() != null && url.user() != null) {
            uri.withAuthentication(url.user(), url.password().toCharArray());
        } else if (url.password() != null) {
            uri.withPassword(url.password().toCharArray());
        }
        return uri.withSsl(url.tls())
                .withTimeout(timeout)
                .withClientName("ralph-cache")
                .build();
    }

    private static ClientOptions options(ClientOptions.Builder options, Duration timeout, @Nullable Path certificates) {
        SslOptions.Builder ssl = SslOptions.builder().handshakeTimeout(timeout);
        if (certificates != null) {
            ssl.trustManager(certificates.toFile());
        }
        return options.disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(MOST_WAITING)
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(timeout)
                        .keepAlive(true)
                        .build())
                .maintNotificationsConfig(MaintNotificationsConfig.disabled())
                .sslOptions(ssl.build())
                .build();
    }

    @Override
    public final void addListener(RedisConnectionStateListener listener) {
        client.addListener(listener);
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // Nobody waits for threads that end by themselves.
    public final void close() {
        client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
        resources.shutdown(0, 1, TimeUnit.SECONDS);
    }

    private static final class Server extends LettuceServers {

        private final RedisClient client;

        Server(RedisClient client, ClientResources resources) {
            super(client, resources);
            this.client = client;
        }

        @Override
        public Line connect() {
            StatefulRedisConnection<byte[], byte[]> connection = client.connect(ByteArrayCodec.INSTANCE);
            return new Line(connection, connection.async());
        }

        @Override
        public StatefulRedisPubSubConnection<String, String> connectPubSub() {
            return client.connectPubSub(StringCodec.UTF8);
        }

        @Override
        public boolean oneServer() {
            return true;
        }

        @Override
        public String node(byte[] key) {
            return "";
        }

        @Override
        @SuppressWarnings("unchecked") // As connect() made it.
        public List<RedisKeyAsyncCommands<byte[], byte[]>> masters(Line line) {
            return List.of(((StatefulRedisConnection<byte[], byte[]>) line.connection()).async());
        }
    }

    private static final class Cluster extends LettuceServers {

        private final RedisClusterClient client;

        Cluster(RedisClusterClient client, ClientResources resources) {
            super(client, resources);
            this.client = client;
        }

        @Override
        public Line connect() {
            StatefulRedisClusterConnection<byte[], byte[]> connection = client.connect(ByteArrayCodec.INSTANCE);
            return new Line(connection, connection.async());
        }

        @Override
        public StatefulRedisPubSubConnection<String, String> connectPubSub() {
            return client.connectPubSub(StringCodec.UTF8);
        }

        @Override
        public boolean oneServer() {
            return false;
        }

        @Override
        public String node(byte[] key) {
            RedisClusterNode node = client.getPartitions().getPartitionBySlot(SlotHash.getSlot(key));
            return node == null ? "" : node.getNodeId();
        }

        @Override
        @SuppressWarnings("unchecked") // As connect() made it.
        public List<RedisKeyAsyncCommands<byte[], byte[]>> masters(Line line) {
            StatefulRedisClusterConnection<byte[], byte[]> cluster =
                    (StatefulRedisClusterConnection<byte[], byte[]>) line.connection();
            return client.getPartitions().stream()
                    .filter(node -> node.is(RedisClusterNode.NodeFlag.UPSTREAM)
                            && !node.getSlots().isEmpty())
                    .<RedisKeyAsyncCommands<byte[], byte[]>>map(
                            node -> cluster.getConnection(node.getNodeId()).async())
                    .toList();
        }
    }
}
