/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.cache.redis;

import dev.ralph.ConfigurationException;
import dev.ralph.cache.Cache;
import dev.ralph.cache.CacheFigures;
import dev.ralph.cache.CacheRegion;
import dev.ralph.cache.Caches;
import dev.ralph.cache.OuterTierStatus;
import dev.ralph.health.HealthProbe;
import dev.ralph.log.LogText;
import io.lettuce.core.RedisCommandExecutionException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Caches in the memory of each process, in front of Redis, which processes share. Redis may fail at any time: a call waits for it
 * no longer than {@link RedisCacheConfig#callTimeout()}, and goes on without it. Thread-safe.
 *
 * <p>{@link Cache#get(String)} answers from the memory of this process alone.
 */
public final class RedisCaches implements Caches {

    private static final Logger LOG = LoggerFactory.getLogger(RedisCaches.class);
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(10);
    private static final Duration SWEEP_PAUSE = Duration.ofSeconds(3);
    private static final int SWEEP_SHARE = 50;
    private static final int SILENT_PINGS = 5;

    private final RedisUrl url;
    private final RedisCacheConfig config;
    private final LongSupplier nanoTime;
    private final RedisLink link;
    private final RedisBackplane backplane;
    private final RedisSubscriber subscriber;
    private final ScheduledExecutorService timer;
    private final Map<String, RedisRegion<?>> regions = new ConcurrentHashMap<>();
    private final LongAdder received = new LongAdder();
    private final LongAdder generations = new LongAdder();
    private volatile boolean closed;
    private volatile boolean wellBefore = true;
    private long pendingSince;
    private long nextSweep = System.nanoTime();
    private int unsound;
    private long troubles;

    RedisCaches(RedisUrl url, RedisCacheConfig config, RedisServers servers, LongSupplier nanoTime) {
        String node = UUID.randomUUID().toString();
        this.url = url;
        this.config = config;
        this.nanoTime = nanoTime;
        this.link = new RedisLink(servers, config, node);
        this.backplane = new RedisBackplane(link, config, node);
        this.subscriber = new RedisSubscriber(backplane.channel(), node, this::heard, this::evictAll);
        servers.addListener(subscriber);
        this.pendingSince = System.nanoTime();
        this.timer = Executors.newScheduledThreadPool(3, work -> {
            Thread thread = new Thread(work, "ralph-cache-redis");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Says where Redis is and how to use it. */
    public static RedisCachesBuilder builder() {
        return new RedisCachesBuilder();
    }

    /** Connects if that is possible now, and sees to it that it is again later. */
    @SuppressWarnings("FutureReturnValueIgnored") // What is repeated ends with the timer.
    void start() {
        try {
            link.open(subscriber);
            backplane.send(subscriber.nextPing()).get(config.connectTimeout().toMillis(), TimeUnit.MILLISECONDS);
            if (!subscriber.awaitSound(config.connectTimeout().toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn(
                        "Redis ({}) does not pass on messages; what this process holds is dropped again and again",
                        url);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            requireAllowed(e);
            LOG.warn("Redis ({}) cannot be reached; going on without it until it can: {}", url, shown(e));
            wellBefore = false;
        }
        long every = config.ping().toNanos();
        timer.scheduleWithFixedDelay(guarded(this::ping), every, every, TimeUnit.NANOSECONDS);
        timer.scheduleWithFixedDelay(guarded(this::repair), every, every, TimeUnit.NANOSECONDS);
        timer.scheduleWithFixedDelay(guarded(this::sweep), every, every, TimeUnit.NANOSECONDS);
    }

    /** A wrong password or missing permission does not go away by itself. */
    private void requireAllowed(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            if (cause instanceof RedisCommandExecutionException
                    && (message.startsWith("WRONGPASS")
                            || message.startsWith("NOAUTH")
                            || message.startsWith("NOPERM")
                            || message.startsWith("ERR AUTH"))) {
                // Without its cause, which may quote what is secret.
                throw new ConfigurationException(
                        "Redis (" + url + ") refuses the user or password of its URL, or of its sentinels, or does not"
                                + " permit what the cache needs: " + url.redacted(message));
            }
        }
    }

    private String shown(Throwable failure) {
        Throwable deepest = failure;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return LogText.line(deepest.getClass().getSimpleName() + ": " + url.redacted(deepest.getMessage()));
    }

    private Runnable guarded(Runnable work) {
        return () -> {
            try {
                work.run();
            } catch (RuntimeException e) {
                LOG.warn("The Redis cache could not look after itself; it tries again: {}", shown(e));
            }
        };
    }

    @SuppressWarnings("FutureReturnValueIgnored") // Whether it arrives is seen by who hears it.
    private void ping() {
        backplane.send(subscriber.nextPing());
    }

    private void repair() {
        long troublesNow = link.troubles() + subscriber.breaks();
        boolean sound = link.connected() && !link.broken() && subscriber.sound();
        if (sound && troublesNow != troubles) {
            troubles = troublesNow;
            regions.values().forEach(RedisRegion::repeatRecent);
        }
        pendingSince = pending() == 0 ? System.nanoTime() : pendingSince;
        boolean behind = System.nanoTime() - pendingSince > LONGEST_SILENCE.toNanos();
        boolean well = sound && !behind;
        if (well != wellBefore) {
            report(well);
            wellBefore = well;
        }
        unsound = subscriber.sound() ? 0 : unsound + 1;
        boolean lost = link.silence().compareTo(LONGEST_SILENCE) > 0 || unsound >= SILENT_PINGS;
        if (!link.connected() || lost) {
            unsound = 0;
            try {
                link.open(subscriber);
            } catch (RuntimeException e) {
                LOG.debug("Redis ({}) cannot be reached: {}", url, shown(e));
            }
        }
        if (link.connected()) {
            regions.values().forEach(RedisRegion::flush);
        }
    }

    /** Each change of a list drops all lists: this may take a small part of the time only. */
    private void sweep() {
        if (System.nanoTime() - nextSweep < 0 || backplane.sweep().size() == 0 || !link.connected()) {
            return;
        }
        long start = System.nanoTime();
        try {
            backplane.sweep().run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOG.debug("Redis ({}) still holds what was dropped; taking it away again: {}", url, shown(e));
        }
        long now = System.nanoTime();
        nextSweep = now + Math.max(SWEEP_PAUSE.toNanos(), SWEEP_SHARE * (now - start));
    }

    private void report(boolean well) {
        if (well) {
            LOG.info("Redis ({}) answers again", url);
            return;
        }
        Throwable failure = link.lastFailure();
        LOG.warn(
                "Redis ({}) does not answer as it should; values are loaded without it: {}",
                url,
                failure == null ? "its messages do not arrive, or invalidations are pending" : shown(failure));
    }

    private void heard(Message message) {
        received.increment();
        RedisRegion<?> region = regions.get(
                message instanceof Message.Changed changed
                        ? changed.region()
                        : message instanceof Message.Emptied emptied ? emptied.region() : "");
        if (message instanceof Message.Ping) {
            received.decrement();
        } else if (region != null) {
            region.heard(message);
        }
    }

    @Override
    @SuppressWarnings("unchecked")
    public <V> Cache<V> region(CacheRegion<V> definition) {
        RedisRegion<?> region =
                regions.computeIfAbsent(definition.name(), name -> new RedisRegion<>(definition, backplane, nanoTime));
        if (!region.definition().equals(definition)) {
            throw new ConfigurationException("the cache region '" + definition.name()
                    + "' is defined twice, in different ways; give one of them another name");
        }
        if (closed) {
            region.close();
        }
        // Equal definitions are of one type.
        return (Cache<V>) region;
    }

    @Override
    public void evictAll() {
        generations.increment();
        regions.values().forEach(RedisRegion::evictAll);
    }

    @Override
    public Map<String, CacheFigures> figures() {
        Map<String, CacheFigures> figures = new TreeMap<>();
        regions.forEach((name, region) -> figures.put(name, region.figures()));
        return figures;
    }

    /** How it stands with Redis. Does not block. */
    public RedisCacheStatus status() {
        return new RedisCacheStatus(
                wellBefore && link.connected() && !link.broken() && subscriber.sound(),
                link.connected(),
                link.broken(),
                subscriber.sound(),
                backplane.sent(),
                received.sum(),
                generations.sum(),
                pending(),
                backplane.sweep().size(),
                link.failures());
    }

    @Override
    public Optional<OuterTierStatus> outerTier() {
        RedisCacheStatus now = status();
        return Optional.of(new OuterTierStatus(
                now.connected(),
                now.subscribed(),
                now.breakerOpen(),
                now.pending(),
                now.invalidationsSent(),
                now.invalidationsReceived()));
    }

    /** {@inheritDoc} How it stands with Redis. */
    @Override
    public List<HealthProbe> healthProbes() {
        return List.of(new RedisProbe(url, this::status));
    }

    private int pending() {
        return (int) regions.values().stream()
                .mapToLong(RedisRegion::pending)
                .reduce(0, (a, b) -> Math.min(Integer.MAX_VALUE, a + b));
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        timer.shutdownNow();
        regions.values().forEach(RedisRegion::close);
        link.close();
    }
}
