/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ralph.RunId;
import dev.ralph.StoreException;
import dev.ralph.spi.Command;
import dev.ralph.spi.NewRun;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The entries of the queue agree with the runs, whatever happens in between. */
class RunQueueTest {

    @RegisterExtension
    static final PostgresDatabase DATABASE = new PostgresDatabase();

    @RegisterExtension
    final Cluster cluster = new Cluster(DATABASE);

    private final AtomicReference<String> failing = new AtomicReference<>("");

    @SuppressWarnings("NullAway.Init")
    private JdbcStore store;

    @BeforeEach
    void open() {
        store = cluster.closing(JdbcStore.builder()
                .dataSource(new ObservedDataSource(DATABASE.pool(), new Failing(failing)))
                .migrations(MigrationMode.NONE)
                .build());
        store.parts().queue().open();
    }

    @Test
    void aRunAndItsEntryAreOneTransaction() throws Exception {
        NewRun run = TestRun.submitted(Instant.now());
        failing.set("INSERT INTO ralph.queue");

        assertThatExceptionOfType(StoreException.class).isThrownBy(() -> store.create(run));
        assertThat(store.find(run.id())).isEmpty();
        assertThat(entries()).isEmpty();

        failing.set("");
        store.create(run);
        assertThat(entries()).singleElement().satisfies(entry -> {
            assertThat(entry.get("task_instance")).isEqualTo(run.id().toString());
            assertThat(entry.get("picked")).isEqualTo(false);
        });
    }

    @Test
    void aCommandAndTheLookAtItAreOneTransaction() throws Exception {
        RunId run = create(Duration.ofDays(1));
        failing.set("INSERT INTO ralph.queue");

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> store.append(run, UUID.randomUUID(), new Command.Resume()));
        assertThat(store.commands(run, 0)).isEmpty();
        assertThat(dueIn(run)).isGreaterThan(Duration.ofHours(23));

        failing.set("");
        store.append(run, UUID.randomUUID(), new Command.Resume());
        assertThat(dueIn(run)).isLessThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aCommandFromANodeThatDoesNotWorkTheQueueBringsItsEntryForwardToo() throws Exception {
        RunId run = create(Duration.ofDays(1));
        JdbcStore other = cluster.closing(DATABASE.open());

        other.append(run, UUID.randomUUID(), new Command.Resume());

        assertThat(dueIn(run)).isLessThanOrEqualTo(Duration.ofSeconds(1));
        RunId unknown =
                other.create(TestRun.submitted(Instant.now())).run().snapshot().id();
        other.append(unknown, UUID.randomUUID(), new Command.Resume());
        assertThat(entries()).as("it makes none").hasSize(1);
    }

    @Test
    void submittingATaskAgainMakesNoSecondEntry() throws Exception {
        NewRun run = TestRun.submitted(Instant.now());
        store.create(run);
        store.create(run);

        assertThat(entries()).hasSize(1);
    }

    @Test
    void anEntryThatIsPickedIsDueAgainAfterACommand() throws Exception {
        RunId run = create(Duration.ZERO);
        QueueEntry entry = pick(run);
        store.append(run, UUID.randomUUID(), new Command.Pause());
        assertThat(entry(run).get("woken")).isEqualTo(true);

        store.parts().queue().putOff(entry, QueueEntry.Next.parked(null));

        assertThat(dueIn(run)).isLessThanOrEqualTo(Duration.ZERO);
        assertThat(entry(run).get("woken")).isEqualTo(false);
        QueueEntry again = pick(run);
        store.parts().queue().putOff(again, QueueEntry.Next.parked(null));
        assertThat(dueIn(run)).as("nothing came since").isGreaterThan(Duration.ofDays(365_000));
    }

    @Test
    void anEntryThatWasWokenIsNotRemoved() throws Exception {
        RunId run = create(Duration.ZERO);
        QueueEntry entry = pick(run);
        store.parts().queue().wake(run);

        store.parts().queue().remove(entry);
        assertThat(dueIn(run)).isLessThanOrEqualTo(Duration.ZERO);

        store.parts().queue().remove(pick(run));
        assertThat(entries()).isEmpty();
    }

    @Test
    void aRunWithoutAnEntryGetsOneWhenItIsCommanded() throws Exception {
        RunId run = create(Duration.ZERO);
        DATABASE.execute("DELETE FROM ralph.queue");

        store.append(run, UUID.randomUUID(), new Command.Resume());

        assertThat(entries()).hasSize(1);
    }

    @Test
    void runsFromBeforeThereWasAQueueGetEntries() throws Exception {
        JdbcStore before = cluster.closing(DATABASE.open());
        RunId waiting =
                before.create(TestRun.submitted(Instant.now())).run().snapshot().id();
        TestRun ended = TestRun.begin(before);
        DATABASE.execute("UPDATE ralph.orchestrations SET status = 'STOPPED' WHERE id = '" + ended.id() + "'");
        assertThat(entries()).isEmpty();

        cluster.store().parts().queue().open();

        assertThat(entries())
                .singleElement()
                .satisfies(entry -> assertThat(entry.get("task_instance")).isEqualTo(waiting.toString()));
    }

    @Test
    void commandsFromBeforeThereWasAQueueAreCarriedOut() throws Exception {
        JdbcStore before = cluster.closing(DATABASE.open());
        RunId resumed =
                before.create(TestRun.submitted(Instant.now())).run().snapshot().id();
        RunId paused =
                before.create(TestRun.submitted(Instant.now())).run().snapshot().id();
        RunId retried =
                before.create(TestRun.submitted(Instant.now())).run().snapshot().id();
        DATABASE.execute(
                "UPDATE ralph.orchestrations SET status = 'PAUSED' WHERE id IN ('" + resumed + "', '" + paused + "')");
        DATABASE.execute("UPDATE ralph.orchestrations SET status = 'FAILED', reason = 'DEAD_LETTERED' WHERE id = '"
                + retried + "'");
        before.append(resumed, UUID.randomUUID(), new Command.Resume());
        before.append(retried, UUID.randomUUID(), new Command.Retry());

        cluster.store().parts().queue().open();

        assertThat(dueIn(resumed)).isLessThanOrEqualTo(Duration.ZERO);
        assertThat(dueIn(retried)).isLessThanOrEqualTo(Duration.ZERO);
        assertThat(dueIn(paused)).isGreaterThan(Duration.ofDays(365_000));
    }

    @Test
    void whatIsNotOursAnyMoreIsLeftAlone() throws Exception {
        RunId run = create(Duration.ZERO);
        QueueEntry first = pick(run);
        RunQueue queue = store.parts().queue();
        Instant heartbeat = Instant.now();
        assertThat(queue.revive(first, heartbeat)).isTrue();
        assertThat(queue.revive(first, heartbeat)).as("once").isFalse();
        QueueEntry second = pick(run);

        assertThat(queue.hold(first)).isEqualTo(RunQueue.Hold.LOST);
        assertThat(queue.putOff(first, QueueEntry.Next.parked(null))).isFalse();
        queue.remove(first);

        assertThat(entry(run).get("picked")).isEqualTo(true);
        assertThat(queue.hold(second)).isEqualTo(RunQueue.Hold.HELD);
    }

    @Test
    void aRunThatHasBegunIsNotPutBehindAllThatCameMeanwhile() throws Exception {
        RunQueue queue = store.parts().queue();
        RunId dead = create(Duration.ZERO);
        RunId handedBack = create(Duration.ZERO);
        RunId looked = create(Duration.ZERO);
        QueueEntry ofDead = pick(dead);
        QueueEntry ofHandedBack = pick(handedBack);
        QueueEntry ofLooked = pick(looked);
        RunId later = create(Duration.ZERO);
        RunId urgent = create(Duration.ZERO, 1);

        queue.revive(ofDead, Instant.now());
        queue.putOff(ofHandedBack, QueueEntry.Next.parked(Duration.ZERO));
        queue.putOff(ofLooked, QueueEntry.Next.again(Duration.ZERO));
        assertThat(inOrder()).containsExactly(urgent, dead, handedBack, later, looked);

        queue.putOff(pick(dead), QueueEntry.Next.again(Duration.ZERO));
        assertThat(inOrder()).as("once begun").containsExactly(urgent, handedBack, dead, later, looked);
    }

    @Test
    void runsThatLostSeveralNodesInARowComeBackAtDifferentTimes() throws Exception {
        RunId first = create(Duration.ZERO);
        RunId again = create(Duration.ZERO);
        DATABASE.execute("UPDATE ralph.queue SET deaths = 1000000 WHERE task_instance = '" + again + "'");

        for (RunId run : List.of(first, again)) {
            assertThat(store.parts().queue().revive(pick(run), Instant.now())).isTrue();
        }

        assertThat(dueIn(first)).isLessThanOrEqualTo(Duration.ZERO);
        assertThat(dueIn(again)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(5_000_000));
    }

    @Test
    void deathsInARowCountAlsoWhereTheRunHadBeenTakenUp() throws Exception {
        RunQueue queue = store.parts().queue();
        TestRun run = TestRun.begin(store);
        for (int i = 1; i <= 2; i++) {
            QueueEntry entry = pick(run.id());
            run.start(i);
            queue.revive(entry, Instant.now());
        }
        assertThat(entry(run.id()).get("deaths")).isEqualTo(2);

        queue.putOff(pick(run.id()), QueueEntry.Next.again(Duration.ZERO));
        assertThat(entry(run.id()).get("deaths")).as("nobody worked on it").isEqualTo(2);

        queue.putOff(pick(run.id()), QueueEntry.Next.parked(Duration.ZERO));
        assertThat(entry(run.id()).get("deaths")).isEqualTo(0);
    }

    @Test
    void aDeadEntryWhoseRunIsGoneIsDueToo() throws Exception {
        RunId run = create(Duration.ZERO);
        DATABASE.execute("DELETE FROM ralph.orchestrations");

        assertThat(store.parts().queue().revive(pick(run), Instant.now())).isTrue();
        assertThat(dueIn(run)).isLessThanOrEqualTo(Duration.ZERO);
    }

    @Test
    void deadEntriesAreRevivedAlthoughAllOtherConnectionsAreTaken() throws Exception {
        JdbcStore starved = cluster.closing(JdbcStore.builder()
                .url(DATABASE.url())
                .pool(1, 1)
                .migrations(MigrationMode.NONE)
                .build());
        QueueEntry entry = pick(create(Duration.ZERO));

        try (Connection taken = starved.parts().work().getConnection()) {
            assertThat(starved.parts().queue().revive(entry, Instant.now())).isTrue();
            assertThat(taken.isClosed()).isFalse();
        }
    }

    @Test
    void aNodeThatSentAHeartbeatMeanwhileIsNotDead() throws Exception {
        RunId run = create(Duration.ZERO);
        QueueEntry entry = pick(run);

        assertThat(store.parts().queue().revive(entry, Instant.now().minusSeconds(60)))
                .isFalse();
        assertThat(entry(run).get("picked")).isEqualTo(true);
    }

    @Test
    void aWorkspaceIsHeldByOneRunUntilItEndsOrPauses() throws Exception {
        RunQueue queue = store.parts().queue();
        RunId first = create(Duration.ZERO);
        RunId second = create(Duration.ZERO);
        RunId third = create(Duration.ZERO);
        DATABASE.execute("UPDATE ralph.queue SET workspace = '" + WorkspaceKey.of("/shared") + "'");
        DATABASE.execute("UPDATE ralph.queue SET priority = 5 WHERE task_instance = '" + third + "'");
        QueueEntry holder = pick(first);
        assertThat(queue.hold(holder)).isEqualTo(RunQueue.Hold.HELD);
        assertThat(queue.hold(holder)).as("again").isEqualTo(RunQueue.Hold.HELD);
        for (RunId run : List.of(second, third)) {
            QueueEntry entry = pick(run);
            assertThat(queue.hold(entry)).isEqualTo(RunQueue.Hold.TAKEN);
            queue.putOff(entry, QueueEntry.Next.blocked(Duration.ofDays(1)));
        }

        queue.putOff(holder, QueueEntry.Next.parked(Duration.ofHours(1)));
        assertThat(dueIn(third)).as("a wait keeps it").isGreaterThan(Duration.ofHours(23));
        queue.putOff(pick(first), QueueEntry.Next.parked(null));
        assertThat(dueIn(third)).as("a pause gives it to the most urgent").isLessThanOrEqualTo(Duration.ZERO);
        assertThat(dueIn(second)).isGreaterThan(Duration.ofHours(23));

        QueueEntry next = pick(third);
        assertThat(queue.hold(next)).isEqualTo(RunQueue.Hold.HELD);
        assertThat(queue.remove(next)).as("somebody is due now").isTrue();
        assertThat(dueIn(second)).isLessThanOrEqualTo(Duration.ZERO);
    }

    @Test
    void workspacesAreKnownByDigestsOfTheirKeys() {
        assertThat(WorkspaceKey.of("/a")).isEqualTo(WorkspaceKey.of("/a")).isNotEqualTo(WorkspaceKey.of("/b"));
        assertThat(WorkspaceKey.of(null)).isNull();
    }

    private RunId create(Duration delay) {
        return create(delay, 0);
    }

    private RunId create(Duration delay, int priority) {
        NewRun run = TestRun.submitted(Instant.now());
        NewRun delayed = new NewRun(
                run.id(),
                run.taskId(),
                run.tenant(),
                run.subject(),
                run.labels(),
                run.agents(),
                run.spec(),
                run.state(),
                run.submitted(),
                run.createdAt(),
                delay,
                priority,
                null);
        store.create(delayed);
        return run.id();
    }

    /** As db-scheduler does. */
    private static QueueEntry pick(RunId run) throws SQLException {
        DATABASE.execute("UPDATE ralph.queue SET picked = true, picked_by = 'test', version = version + 1,"
                + " last_heartbeat = clock_timestamp() WHERE task_instance = '" + run + "'");
        Number version = (Number) Objects.requireNonNull(entry(run).get("version"));
        return new QueueEntry(run.toString(), version.longValue(), 0);
    }

    /** Those that are due, as db-scheduler picks them. */
    private static List<RunId> inOrder() {
        return Jdbi.create(DATABASE.pool())
                .withHandle(handle -> handle.createQuery("SELECT task_instance FROM ralph.queue WHERE NOT picked"
                                + " AND execution_time <= clock_timestamp() ORDER BY priority DESC, execution_time")
                        .mapTo(String.class)
                        .map(RunId::parse)
                        .list());
    }

    private static Duration dueIn(RunId run) {
        return Jdbi.create(DATABASE.pool())
                .withHandle(handle -> handle.createQuery(
                                "SELECT (extract(epoch FROM execution_time - clock_timestamp()) * 1000)::bigint FROM ralph.queue"
                                        + " WHERE task_instance = :run")
                        .bind("run", run.toString())
                        .mapTo(Long.class)
                        .map(Duration::ofMillis)
                        .one());
    }

    private static Map<String, Object> entry(RunId run) {
        return entries().stream()
                .filter(entry -> run.toString().equals(entry.get("task_instance")))
                .findFirst()
                .orElseThrow();
    }

    private static List<Map<String, Object>> entries() {
        return Jdbi.create(DATABASE.pool())
                .withHandle(handle -> handle.createQuery("SELECT * FROM ralph.queue")
                        .mapToMap()
                        .list());
    }

    /** Fails statements that begin in a certain way. */
    private record Failing(AtomicReference<String> beginning) implements StatementObserver {

        @Override
        public void executing(Connection connection, String sql, List<ObservedDataSource.Value> values)
                throws SQLException {
            if (!beginning.get().isEmpty() && sql.startsWith(beginning.get())) {
                throw new SQLException("cut off", "08006");
            }
        }
    }
}
