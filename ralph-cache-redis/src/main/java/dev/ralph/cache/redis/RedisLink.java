/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.cache.redis;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.async.RedisKeyAsyncCommands;
import io.lettuce.core.pubsub.RedisPubSubListener;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Calls scripts in Redis, while it answers. A key's calls go over one connection, in the order they were made. Thread-safe.
 * No method throws because Redis fails, but {@link #open}.
 */
final class RedisLink implements AutoCloseable {

    private static final int FAILURES = 5;
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final RedisServers servers;
    private final RedisCacheConfig config;
    private final Map<String, CircuitBreaker> breakers = new ConcurrentHashMap<>();
    private final LongAdder failures = new LongAdder();
    private final AtomicLong nonces = new AtomicLong();
    private final String node;
    private volatile @Nullable Lines lines;
    private volatile long failingSince;
    private volatile boolean failing;
    private volatile boolean refused;
    private final AtomicLong troubles = new AtomicLong();
    private volatile @Nullable Throwable lastFailure;

    private record Lines(List<RedisServers.Line> calls, StatefulRedisPubSubConnection<String, String> subscription) {

        void close() {
            calls.forEach(line -> hangUp(line.connection()));
            hangUp(subscription);
        }
    }

    /**
     * Not connected yet.
     *
     * @param node unique among processes
     */
    RedisLink(RedisServers servers, RedisCacheConfig config, String node) {
        this.servers = servers;
        this.config = config;
        this.node = node;
    }

    /** A text that no process has made before. */
    String nonce() {
        return node + "." + nonces.incrementAndGet();
    }

    /**
     * Connects, in place of what was connected before. Blocks.
     *
     * @throws RuntimeException if that fails
     */
    synchronized void open(RedisSubscriber subscriber) {
        drop();
        List<RedisServers.Line> calls = new ArrayList<>();
        StatefulRedisPubSubConnection<String, String> subscription = null;
        try {
            subscription = servers.connectPubSub();
            subscription.addListener((RedisPubSubListener<String, String>) subscriber);
            subscription.sync().subscribe(subscriber.channel());
            for (int i = 0; i < config.connections(); i++) {
                calls.add(servers.connect());
            }
            lines = new Lines(List.copyOf(calls), subscription);
            failing = false;
            refused = false;
            breakers.clear();
        } catch (RuntimeException e) {
            calls.forEach(line -> hangUp(line.connection()));
            if (subscription != null) {
                hangUp(subscription);
            }
            throw e;
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // Nobody waits for a connection to end that may not answer.
    private static void hangUp(StatefulConnection<?, ?> connection) {
        connection.closeAsync();
    }

    private synchronized void drop() {
        Lines before = lines;
        lines = null;
        if (before != null) {
            before.close();
        }
    }

    boolean connected() {
        return lines != null;
    }

    /** For how long no call has been answered or all were refused, though some were made; zero if the last one was not. */
    Duration silence() {
        return failing ? Duration.ofNanos(System.nanoTime() - failingSince) : Duration.ZERO;
    }

    /** Whether a server is left alone, because it did not answer. */
    boolean broken() {
        return lines == null || breakers.values().stream().anyMatch(CircuitBreaker::open);
    }

    /** How often a call failed after one that did not. */
    long troubles() {
        return troubles.get();
    }

    long failures() {
        return failures.sum();
    }

    @Nullable Throwable lastFailure() {
        return lastFailure;
    }

    /**
     * Calls a script and waits for its answer.
     *
     * @param keys of one slot
     * @return empty if there is none within the time that is left, or Redis is not asked at present
     */
    Answer<List<Object>> call(RedisScript script, Budget budget, List<byte[]> keys, byte[]... values) {
        return await(begin(script, keys, values), budget);
    }

    /**
     * Whether {@link #look} can be used: all keys lie on one server. Not while it refuses what is to be written: a look would use up
     * the tries that find out whether it still does.
     */
    boolean looks() {
        return !refused && servers.oneServer();
    }

    /**
     * Looks for a value without a script.
     *
     * @param keys a bucket, and an entry in it
     * @return as {@link #call}
     */
    Answer<RedisLook> look(Budget budget, List<byte[]> keys, byte[]... fields) {
        return await(
                begin(false, keys, line -> RedisLook.send(line.connection(), keys.get(0), keys.get(1), fields)),
                budget);
    }

    private <T> Answer<T> await(@Nullable Call<T> call, Budget budget) {
        if (call == null) {
            return new Answer<>(Optional.empty(), false);
        }
        try {
            T answer =
                    budget.spend(System::nanoTime, (time, unit) -> call.answer().get(time, unit));
            ended(call, null);
            return new Answer<>(Optional.of(answer), true);
        } catch (InterruptedException e) {
            // Whoever interrupts the thread says nothing about Redis.
            Thread.currentThread().interrupt();
            call.answer().cancel(false);
            return new Answer<>(Optional.empty(), false);
        } catch (ExecutionException e) {
            ended(call, e.getCause());
        } catch (TimeoutException e) {
            call.answer().cancel(false);
            ended(call, e);
        } catch (Exception e) {
            ended(call, e);
        }
        return new Answer<>(Optional.empty(), true);
    }

    /** Calls a script, and does not wait. The stage fails if there is no answer within the time of one call. */
    CompletableFuture<List<Object>> send(RedisScript script, List<byte[]> keys, byte[]... values) {
        Call<List<Object>> call = begin(script, keys, values);
        if (call == null) {
            return CompletableFuture.failedFuture(new TimeoutException("Redis is not asked at present"));
        }
        return call.answer()
                .orTimeout(config.callTimeout().toNanos(), TimeUnit.NANOSECONDS)
                .whenComplete((answer, failure) -> ended(call, failure));
    }

    private @Nullable Call<List<Object>> begin(RedisScript script, List<byte[]> keys, byte[]... values) {
        byte[][] names = keys.toArray(new byte[0][]);
        return begin(
                script != RedisScript.TELL,
                keys,
                line -> line.commands()
                        .<List<Object>>evalsha(script.digest(), ScriptOutputType.MULTI, names, values)
                        .toCompletableFuture()
                        .exceptionallyCompose(failure -> unwrapped(failure) instanceof RedisNoScriptException
                                ? line.commands()
                                        .<List<Object>>eval(script.text(), ScriptOutputType.MULTI, names, values)
                                        .toCompletableFuture()
                                : CompletableFuture.failedFuture(failure)));
    }

    private <T> @Nullable Call<T> begin(
            boolean writes, List<byte[]> keys, Function<RedisServers.Line, CompletableFuture<T>> sending) {
        Lines open = lines;
        if (open == null) {
            return null;
        }
        byte[] last = keys.get(keys.size() - 1);
        CircuitBreaker breaker = breakers.computeIfAbsent(
                node(keys.get(0)),
                node -> new CircuitBreaker(FAILURES, SHORTEST_PAUSE, LONGEST_PAUSE, System::nanoTime));
        CircuitBreaker.Attempt attempt = breaker.begin();
        if (attempt == null) {
            return null;
        }
        RedisServers.Line line = open.calls()
                .get(Math.floorMod(Arrays.hashCode(last), open.calls().size()));
        CompletableFuture<T> answer;
        try {
            answer = sending.apply(line);
        } catch (RuntimeException e) {
            answer = CompletableFuture.failedFuture(e);
        }
        return new Call<>(writes, breaker, attempt, answer);
    }

    private String node(byte[] key) {
        try {
            return servers.node(key);
        } catch (RuntimeException e) {
            // Nobody knows where it is at present; calling it says why.
            return "";
        }
    }

    /**
     * The servers that have keys. Blocks if there is no connection to one of them yet.
     *
     * @throws RuntimeException if there is none
     */
    List<RedisKeyAsyncCommands<byte[], byte[]>> masters() {
        Lines open = lines;
        return open == null ? List.of() : servers.masters(open.calls().get(0));
    }

    private void ended(Call<?> call, @Nullable Throwable thrown) {
        Throwable failure = thrown == null ? null : unwrapped(thrown);
        boolean refusal = failure instanceof RedisCommandExecutionException;
        if (failure == null && refused && !call.writes()) {
            // A server that refuses what is to be written reads and passes on messages all the same.
            return;
        }
        if (failure == null || (refusal && !Refusals.tellOfTheServer(failure))) {
            call.breaker().succeeded();
            failing = false;
            refused = false;
        } else {
            refused = refusal;
            call.breaker().failed(call.attempt());
            if (!failing) {
                troubles.incrementAndGet();
                failingSince = System.nanoTime();
                failing = true;
            }
        }
        if (failure != null) {
            failures.increment();
            lastFailure = failure;
        }
    }

    static Throwable unwrapped(Throwable failure) {
        return failure instanceof CompletionException || failure instanceof ExecutionException
                ? failure.getCause() == null ? failure : unwrapped(failure.getCause())
                : failure;
    }

    @Override
    public void close() {
        drop();
        servers.close();
    }

    private record Call<T>(
            boolean writes, CircuitBreaker breaker, CircuitBreaker.Attempt attempt, CompletableFuture<T> answer) {}

    /**
     * How a call ended.
     *
     * @param value what Redis answered; empty if it did not
     * @param asked whether Redis was asked
     */
    record Answer<T>(Optional<T> value, boolean asked) {

        boolean failed() {
            return asked && value.isEmpty();
        }
    }
}
