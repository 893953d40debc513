/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import dev.ralph.RunId;
import dev.ralph.StoreException;
import dev.ralph.log.LogText;
import dev.ralph.store.Subscriptions;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of what other processes did in a shared file. Looks often whether there was anything, which costs a few bytes, and
 * into the database only if there was. Thread-safe.
 */
final class PeerChanges implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PeerChanges.class);

    private static final Duration INTERVAL = Duration.ofMillis(200);

    private static final int NEWEST = 50;

    /** Of runs that go on, and of the newest: one may begin and end between two looks. */
    private static final String STANDING = """
            SELECT id, last_event, commands_last FROM ralph.orchestrations WHERE status IN %s
            UNION
            SELECT id, last_event, commands_last FROM (
                SELECT id, last_event, commands_last FROM ralph.orchestrations
                ORDER BY created_at DESC, id DESC LIMIT :newest) newest""".formatted(StatusSql.UNFINISHED);

    private final Database database;
    private final SharedFile file;
    private final Subscriptions subscriptions;
    private final ScheduledExecutorService looking;
    private Map<UUID, Standing> known = new HashMap<>();
    private @Nullable ScheduledFuture<?> looks;
    private boolean missed;

    PeerChanges(Database database, SharedFile file, Subscriptions subscriptions) {
        this.database = database;
        this.file = file;
        this.subscriptions = subscriptions;
        looking = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "ralph-peer-changes");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** From here on, tells. Whoever subscribes before and reads after misses nothing. */
    synchronized void start() {
        if (looks == null) {
            known = standing();
            looks = looking.scheduleWithFixedDelay(
                    this::look, INTERVAL.toNanos(), INTERVAL.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public void close() {
        looking.shutdown();
    }

    private synchronized void look() {
        try {
            if (file.hasChangedElsewhere() || missed) {
                missed = true;
                Map<UUID, Standing> now = standing();
                Map<UUID, Standing> before = known;
                known = now;
                missed = false;
                tell(before, now);
            }
        } catch (IOException | StoreException e) {
            LOG.debug("What other processes changed cannot be read now, trying again", LogText.failure(e));
        } catch (RuntimeException e) {
            // A scheduled task that throws is never run again.
            LOG.warn("Looking for what other processes changed failed, trying again", LogText.failure(e));
        }
    }

    private void tell(Map<UUID, Standing> before, Map<UUID, Standing> now) {
        before.keySet().stream()
                .filter(run -> !now.containsKey(run))
                .map(RunId::new)
                .forEach(subscriptions::advanced);
        now.forEach((id, standing) -> {
            Standing was = before.getOrDefault(id, Standing.NEW);
            if (standing.lastEvent != was.lastEvent) {
                subscriptions.advanced(new RunId(id));
            }
            if (standing.lastCommand != was.lastCommand) {
                subscriptions.commanded(new RunId(id));
            }
        });
    }

    private Map<UUID, Standing> standing() {
        return database.read(handle -> handle.createQuery(STANDING)
                .bind("newest", NEWEST)
                .map((row, context) -> Map.entry(
                        row.getObject("id", UUID.class),
                        new Standing(row.getLong("last_event"), row.getLong("commands_last"))))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    private record Standing(long lastEvent, long lastCommand) {

        static final Standing NEW = new Standing(0, 0);
    }
}
