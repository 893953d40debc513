/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.worker;

import dev.ralph.LeaseLostException;
import dev.ralph.StoreException;
import dev.ralph.internal.log.LogScope;
import dev.ralph.log.LogText;
import dev.ralph.spi.Lease;
import dev.ralph.spi.Store;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps this node's leases alive: one statement renews them all. A lease is given up, and its run's agent killed, when the
 * store says it is lost, or when the last renewal that succeeded was sent so long ago that another node could take over
 * before the agent is dead. That deadline is watched by a thread of its own, because a store that does not answer blocks
 * the thread that renews. Thread-safe.
 */
public final class LeaseKeeper implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LeaseKeeper.class);
    private static final int RENEWALS_PER_TTL = 4;
    private static final int LOOKS_PER_TTL = 40;

    /** How soon a lease is tried again whose row was being written. */
    private static final int RETRIES_PER_TTL = 40;

    private final Store store;
    private final Duration ttl;
    private final Duration killMargin;
    private final LongSupplier nanoTime;
    private final Map<Lease, Held> leases = new ConcurrentHashMap<>();
    private final ScheduledExecutorService renewing = daemon("ralph-lease-renewal");
    private final ScheduledExecutorService watching = daemon("ralph-lease-watch");
    private final ScheduledFuture<?> renewals;
    private final ScheduledFuture<?> looks;

    /** A renewal that is due out of turn. Of the renewing thread alone. */
    private @Nullable ScheduledFuture<?> again;

    /** Why the last renewal failed; null if it did not. */
    private volatile @Nullable String failure;

    /**
     * Starts renewing.
     *
     * @param killMargin how long before the end of a lease its agent is killed; longer than killing takes
     */
    public LeaseKeeper(Store store, Duration ttl, Duration killMargin, LongSupplier nanoTime) {
        this.store = store;
        this.ttl = ttl;
        this.killMargin = killMargin;
        this.nanoTime = nanoTime;
        long renewal = renewalPeriod().toMillis();
        long look = Math.max(1, ttl.toMillis() / LOOKS_PER_TTL);
        renewals = renewing.scheduleWithFixedDelay(goingOn(this::renew), renewal, renewal, TimeUnit.MILLISECONDS);
        looks = watching.scheduleWithFixedDelay(goingOn(this::watch), look, look, TimeUnit.MILLISECONDS);
    }

    public Duration ttl() {
        return ttl;
    }

    /**
     * Keeps a lease until {@link #drop}.
     *
     * @param sentAt {@code nanoTime} when its claim was sent
     * @param onLost called when it is lost, on a thread of the keeper, again and again until it is dropped
     */
    void keep(Lease lease, long sentAt, Runnable onLost) {
        leases.put(lease, new Held(sentAt, false, onLost));
        if (nanoTime.getAsLong() - sentAt > renewalPeriod().toNanos()) {
            // The claim waited for a lock: by the next renewal the lease could be too old to be relied on.
            renewing.execute(this::renew);
        }
    }

    /**
     * Looks whether a lease may be relied on now, without waiting for the thread that watches: when a JVM that was stopped
     * goes on, all its threads do at once, and the one about to launch an agent must not be faster.
     *
     * @throws LeaseLostException if it is lost, or so old that its run's agent is to be killed
     */
    void requireHeld(Lease lease) {
        Held held = leases.get(lease);
        if (held == null || isOver(held, nanoTime.getAsLong())) {
            throw new LeaseLostException("run " + lease.run() + " may be another node's: node " + lease.owner()
                    + " could not renew its lease in time");
        }
    }

    /** Stops keeping a lease. */
    void drop(Lease lease) {
        leases.remove(lease);
    }

    /** How it stands with the leases that are kept; those that are lost are not counted. */
    public Standing standing() {
        long now = nanoTime.getAsLong();
        List<Long> ages = leases.values().stream()
                .filter(held -> !held.lost())
                .map(held -> now - held.sentAt())
                .toList();
        Duration end = ttl.minus(killMargin);
        return new Standing(
                ages.size(),
                Duration.ofNanos(ages.stream().mapToLong(Long::longValue).max().orElse(0)),
                renewalPeriod().plus(end).dividedBy(2),
                end,
                failure);
    }

    private void renew() {
        Set<Lease> wanted = Set.copyOf(leases.keySet());
        if (wanted.isEmpty()) {
            return;
        }
        long sentAt = nanoTime.getAsLong();
        try {
            Set<Lease> held = store.renew(wanted, ttl);
            failure = null;
            held.forEach(lease -> leases.computeIfPresent(lease, (same, now) -> now.renewed(sentAt)));
            Set<Lease> missing = new HashSet<>(wanted);
            missing.removeAll(held);
            if (!missing.isEmpty()) {
                loseOrTryAgain(missing);
            }
        } catch (StoreException e) {
            failure = e.getMessage();
            LOG.warn(
                    "Leases of {} runs were not renewed, trying again: {}",
                    wanted.size(),
                    LogText.line(e.getMessage()));
        } catch (RuntimeException | Error e) {
            failure = e.getClass().getName();
            LOG.error("Renewing leases failed; they lapse unless the next try succeeds", LogText.failure(e));
        }
    }

    private void loseOrTryAgain(Set<Lease> missing) {
        Set<Lease> lost = store.lost(missing);
        lost.forEach(lease -> leases.computeIfPresent(lease, (same, now) -> now.lose()));
        if (lost.size() < missing.size() && again == null) {
            again = renewing.schedule(
                    this::renewAgain, ttl.dividedBy(RETRIES_PER_TTL).toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void renewAgain() {
        again = null;
        renew();
    }

    private void watch() {
        long now = nanoTime.getAsLong();
        leases.forEach((lease, held) -> {
            if (isOver(held, now)) {
                LogScope.during(lease.run(), () -> lose(lease, held));
            }
        });
    }

    private void lose(Lease lease, Held held) {
        leases.computeIfPresent(lease, (same, again) -> again.lose());
        try {
            held.onLost().run();
            LOG.warn("Run {}: the lease is lost, its agent is killed", lease.run());
        } catch (RuntimeException | Error e) {
            LOG.error("Run {}: could not be told that its lease is lost", lease.run(), LogText.failure(e));
        }
    }

    /** What throws is not scheduled again: a log that fails must not end the watch over leases. */
    private Runnable goingOn(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                failure = e.getClass().getName();
            }
        };
    }

    private Duration renewalPeriod() {
        return ttl.dividedBy(RENEWALS_PER_TTL);
    }

    private boolean isOver(Held held, long now) {
        return held.lost() || now - held.sentAt() > ttl.minus(killMargin).toNanos();
    }

    @Override
    public void close() {
        renewals.cancel(true);
        looks.cancel(true);
        renewing.shutdownNow();
        watching.shutdownNow();
    }

    private static ScheduledExecutorService daemon(String name) {
        return Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * How it stands with leases.
     *
     * @param held how many are kept
     * @param oldest since the last renewal that succeeded was sent, of the one for which that is longest; zero if none is kept
     * @param late more than this is more than one renewal in vain
     * @param end at this age a lease is given up
     * @param failure why the last renewal failed; null if it did not
     */
    public record Standing(
            int held,
            Duration oldest,
            Duration late,
            Duration end,
            @Nullable String failure) {}

    private record Held(long sentAt, boolean lost, Runnable onLost) {

        Held renewed(long at) {
            return lost ? this : new Held(at, false, onLost);
        }

        Held lose() {
            return new Held(sentAt, true, onLost);
        }
    }
}
