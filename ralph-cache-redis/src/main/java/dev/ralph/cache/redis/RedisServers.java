/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.cache.redis;

import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.async.RedisKeyAsyncCommands;
import io.lettuce.core.api.async.RedisScriptingAsyncCommands;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.List;

/** One server, the one that sentinels name, or a cluster. Thread-safe; connecting blocks for as long as the URL's time-out. */
interface RedisServers extends AutoCloseable {

    /** A connection that many threads may use at once. */
    Line connect();

    /** A connection for a subscription. */
    StatefulRedisPubSubConnection<String, String> connectPubSub();

    /** Whether all keys lie on one server, by way of every connection. */
    boolean oneServer();

    /** Which server has a key. */
    String node(byte[] key);

    /** Is told of every connection that comes and goes. */
    void addListener(RedisConnectionStateListener listener);

    /** Closes every connection; waits for them for a short time. */
    @Override
    void close();

    /** A connection, and what it can be told. */
    record Line(StatefulConnection<byte[], byte[]> connection, RedisScriptingAsyncCommands<byte[], byte[]> commands) {}

    /** The servers that have keys, by way of a connection. Blocks if there is none to one of them yet. */
    List<RedisKeyAsyncCommands<byte[], byte[]>> masters(Line line);
}
