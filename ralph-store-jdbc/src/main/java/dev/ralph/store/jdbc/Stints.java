/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import dev.ralph.RunId;
import dev.ralph.log.LogText;
import dev.ralph.spi.DispatchContext;
import dev.ralph.spi.StintEnd;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a node does with entries it has picked. Thread-safe. */
final class Stints {

    private static final Logger LOG = LoggerFactory.getLogger(Stints.class);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    /** A safeguard: whoever gives the workspace back rouses the next one. */
    private static final Duration BLOCKED = Duration.ofSeconds(10);

    /** So many tries in vain, and the next ones come later and later. */
    private static final int PATIENT_AFTER = 5;

    private static final int MOST_PATIENT = 6;

    private final RunQueue queue;
    private final DispatchContext context;
    private final Runnable due;

    /**
     * Works for one node.
     *
     * @param due called when an entry may be due at once, here or elsewhere
     */
    Stints(RunQueue queue, DispatchContext context, Runnable due) {
        this.queue = queue;
        this.context = context;
        this.due = due;
    }

    /** Works one stint. What is returned gives the entry back. */
    Runnable work(QueueEntry entry) {
        return switch (queue.hold(entry)) {
            case HELD -> end(entry, context.worker().work(RunId.parse(entry.run())));
            case TAKEN -> {
                LOG.debug("Run {}: another run has its workspace", entry.run());
                yield putOff(entry, QueueEntry.Next.blocked(later(BLOCKED, entry)));
            }
            case LOST -> () -> LOG.debug("Run {}: its entry was thought dead before its stint began", entry.run());
        };
    }

    /** The worker failed, which is a bug. */
    void failed(QueueEntry entry) {
        putOff(entry, QueueEntry.Next.again(later(AFTER_FAILURE, entry))).run();
    }

    /**
     * A node sent no heartbeats.
     *
     * @param heartbeat its last one
     */
    void dead(QueueEntry entry, @Nullable String node, @Nullable Instant heartbeat) {
        if (heartbeat != null && queue.revive(entry, heartbeat)) {
            LOG.warn(
                    "Run {}: node {} has not been heard of since {}; the run is due again",
                    entry.run(),
                    LogText.line(node),
                    heartbeat);
            due.run();
        }
    }

    private Runnable end(QueueEntry entry, StintEnd end) {
        if (end instanceof StintEnd.Over) {
            return () -> remove(entry);
        }
        if (end instanceof StintEnd.Parked parked) {
            return putOff(entry, QueueEntry.Next.parked(parked.delay()));
        }
        if (end instanceof StintEnd.Busy busy) {
            LOG.debug("Run {}: not worked on: {}", entry.run(), LogText.line(busy.why()));
            return putOff(entry, QueueEntry.Next.again(later(busy.delay(), entry)));
        }
        if (end instanceof StintEnd.Unreadable unreadable) {
            return putOff(
                    entry,
                    context.stateVersions().contains(unreadable.version())
                            ? QueueEntry.Next.again(unreadable.delay())
                            : QueueEntry.Next.elsewhere(unreadable.version()));
        }
        return putOff(entry, QueueEntry.Next.parked(Duration.ZERO));
    }

    private Runnable putOff(QueueEntry entry, QueueEntry.Next next) {
        return () -> {
            if (!queue.putOff(entry, next)) {
                LOG.debug("Run {}: its entry was thought dead meanwhile; somebody else has looked at it", entry.run());
            } else if (next.delay() == null || next.delay().isZero()) {
                due.run();
            }
        };
    }

    private void remove(QueueEntry entry) {
        if (queue.remove(entry)) {
            due.run();
        }
    }

    private static Duration later(Duration delay, QueueEntry entry) {
        return delay.multipliedBy(Math.min(1 + entry.inVain() / PATIENT_AFTER, MOST_PATIENT));
    }
}
