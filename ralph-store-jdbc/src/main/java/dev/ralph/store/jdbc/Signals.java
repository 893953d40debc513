/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import dev.ralph.RunId;
import dev.ralph.store.Subscriptions;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Tells other nodes of changes made here, and listeners here of changes made there. Hints, not facts: what they are about
 * is read from the tables, and whoever hears nothing looks there by itself. Thread-safe.
 */
final class Signals implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Signals.class);

    /** So long without its own pings, and the node takes itself for deaf. */
    private static final Duration DEAF = SignalSender.PING.multipliedBy(5).dividedBy(2);

    private final Subscriptions subscriptions;
    private final QueueBell bell;
    private final UUID self = UUID.randomUUID();
    private final SignalSender sender;
    private final SignalReceiver receiver;
    private final AtomicBoolean started = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicBoolean deafness = new AtomicBoolean();
    private volatile boolean hears;

    Signals(Database database, DataSource source, Subscriptions subscriptions, QueueBell bell) {
        this.subscriptions = subscriptions;
        this.bell = bell;
        sender = new SignalSender(database, self);
        receiver = new SignalReceiver(source, new Hearing());
    }

    /** Begins to hear. What is sent by others after it returned is heard, if a connection could be had at once. */
    void start() {
        if (started.compareAndSet(false, true)) {
            try {
                receiver.start();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    void commanded(RunId run) {
        sender.commanded(run);
    }

    void advanced(RunId run) {
        sender.advanced(run);
    }

    void queued() {
        sender.queued();
    }

    /** Whether this node hears what others tell. */
    boolean hears() {
        return hears;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            sender.close();
            receiver.close();
        }
    }

    private void change(boolean now) {
        if (hears != now) {
            hears = now;
            LOG.atLevel(now && deafness.compareAndSet(true, false) ? Level.INFO : Level.DEBUG)
                    .log("Other nodes' signals are {}", now ? "heard" : "not heard; polling instead");
            subscriptions.missed();
        }
    }

    /** On the receiver's thread. */
    private final class Hearing implements SignalReceiver.Ear {

        private long proven;

        @Override
        public void listening() {
            proven = System.nanoTime();
            sender.ping();
        }

        @Override
        public void heard(SignalBatch batch) {
            if (batch.sender().equals(self)) {
                proven = System.nanoTime();
                change(true);
                return;
            }
            batch.commanded().forEach(subscriptions::commanded);
            batch.advanced().forEach(subscriptions::advanced);
            if (batch.queued()) {
                bell.ring();
            }
        }

        @Override
        public boolean quiet() {
            boolean hearing = System.nanoTime() - proven < DEAF.toNanos();
            if (!hearing && deafness.compareAndSet(false, true)) {
                LOG.warn(
                        "What this node tells does not come back to it, so it does not hear other nodes and polls instead."
                                + " A pooler in transaction mode does that; let signalDataSource connect to the server itself");
            }
            return hearing;
        }

        @Override
        public void lost() {
            change(false);
        }
    }
}
