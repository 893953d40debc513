/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import dev.ralph.StoreException;
import dev.ralph.StoreUnavailableException;
import dev.ralph.log.LogText;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Seals the audit trail from time to time, on a thread of its own. */
final class AuditSealing implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AuditSealing.class);
    private static final Duration LAST_BATCH = Duration.ofSeconds(5);

    private final AuditSealer sealer;
    private final ScheduledExecutorService thread;
    private final ScheduledFuture<?> turns;

    private AuditSealing(AuditSealer sealer, ScheduledExecutorService thread, Duration interval) {
        this.sealer = sealer;
        this.thread = thread;
        long nanos = interval.toNanos();
        turns = thread.scheduleWithFixedDelay(this::seal, nanos, nanos, TimeUnit.NANOSECONDS);
    }

    static AuditSealing start(AuditSealer sealer, Duration interval) {
        return new AuditSealing(
                sealer,
                Executors.newSingleThreadScheduledExecutor(task -> {
                    Thread made = new Thread(task, "ralph-audit-seal");
                    made.setDaemon(true);
                    return made;
                }),
                interval);
    }

    private void seal() {
        try {
            int sealed = sealer.seal();
            LOG.debug("{} batches of the audit trail sealed", sealed);
        } catch (StoreUnavailableException e) {
            LOG.debug("The audit trail is sealed later: {}", LogText.line(e.getMessage()));
        } catch (StoreException e) {
            LOG.warn("The audit trail could not be sealed: {}", LogText.line(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("The audit trail could not be sealed", LogText.failure(e));
        }
    }

    /** Waits for the batch that is being sealed. */
    @Override
    public void close() {
        turns.cancel(false);
        thread.shutdown();
        try {
            if (!thread.awaitTermination(LAST_BATCH.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("A batch of the audit trail is still being sealed while its store is closed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
