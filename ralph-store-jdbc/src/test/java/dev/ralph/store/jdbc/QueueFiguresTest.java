/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import static dev.ralph.store.jdbc.Cluster.untilTrue;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.kagkarlsson.scheduler.Scheduler;
import dev.ralph.FailureClass;
import dev.ralph.Orchestrator;
import dev.ralph.RunId;
import dev.ralph.RunStatus;
import dev.ralph.StopReason;
import dev.ralph.spi.AgentOutcome;
import dev.ralph.spi.DispatchContext;
import dev.ralph.spi.Dispatcher;
import dev.ralph.spi.NewRun;
import dev.ralph.spi.StintEnd;
import dev.ralph.spi.StintWorker;
import dev.ralph.spi.Store;
import dev.ralph.spi.StoreListener;
import dev.ralph.spi.UsageReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;

/** What the queue costs. Alone: it measures. */
@Isolated
@Tag("scale")
@Timeout(900)
@SuppressWarnings("SystemOut")
class QueueFiguresTest {

    @RegisterExtension
    static final PostgresDatabase DATABASE = new PostgresDatabase();

    private static final int SLOTS = 4;
    private static final int RUNS = 1_500;
    private static final StintEnd OVER = new StintEnd.Over();

    @RegisterExtension
    final Cluster cluster = new Cluster(DATABASE);

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void theQueueIsNearlyAsFastAsBareDbSchedulerWhoseHandlersDoTheSame() throws Exception {
        double[] ours = new double[3];
        double[] bare = new double[3];
        ours(cluster.store());
        bare();
        for (int i = 0; i < ours.length; i++) {
            ours[i] = ours(cluster.store());
            bare[i] = bare();
        }

        double ratio = median(ours) / median(bare);
        System.out.printf(
                "queue, 2 nodes of %d slots: %,.0f runs/s; bare db-scheduler whose handlers do the same: %,.0f runs/s; ratio %.2f"
                        + " (medians of %d times %,d runs)%n",
                SLOTS, median(ours), median(bare), ratio, ours.length, RUNS);
        assertThat(ratio).isGreaterThanOrEqualTo(0.8);
    }

    @Test
    void aRunIsPickedUpSoonAfterItWasSubmittedElsewhere() throws Exception {
        AtomicReference<Long> began = new AtomicReference<>(0L);
        for (int i = 0; i < 2; i++) {
            node(cluster.store(), "node-" + i, run -> {
                began.set(System.nanoTime());
                return OVER;
            });
        }
        JdbcStore front = cluster.store();
        front.parts().queue().open();
        front.listen(new Indifferent());
        untilTrue("it is heard", front::seesRemoteChanges);
        long[] took = new long[300];
        for (int i = -20; i < took.length; i++) {
            began.set(0L);
            TimeUnit.MILLISECONDS.sleep(50);
            front.create(TestRun.submitted(Instant.now()));
            long created = System.nanoTime();
            untilTrue("it is picked up", () -> began.get() != 0L);
            took[Math.max(i, 0)] = began.get() - created;
        }
        Arrays.sort(took);
        System.out.printf(
                "pick-up after submission on another node, 2 idle nodes: p50 %.1f ms, p99 %.1f ms (%d runs)%n",
                took[took.length / 2] / 1e6, took[took.length * 99 / 100] / 1e6, took.length);
        assertThat(took[took.length * 99 / 100])
                .isLessThan(Duration.ofSeconds(1).toNanos());
    }

    @Test
    void anIdleNodeAsksLittle() throws Exception {
        StatementCounter work = new StatementCounter();
        StatementCounter leases = new StatementCounter();
        StatementCounter signals = new StatementCounter();
        JdbcStore store = cluster.closing(JdbcStore.builder()
                .dataSource(new ObservedDataSource(DATABASE.pool(), work))
                .leaseDataSource(new ObservedDataSource(DATABASE.pool(), leases))
                .signalDataSource(new ObservedDataSource(DATABASE.pool(), signals))
                .migrations(MigrationMode.NONE)
                .build());
        cluster.start(Orchestrator.builder()
                .store(store)
                .dispatcher(cluster.closing(DbSchedulerDispatcher.working()))
                .agent(new CodedAgent(invocation -> CodedAgent.says("LOOP_COMPLETE"))));
        untilTrue("it hears", store::seesRemoteChanges);
        List.of(work, leases, signals).forEach(StatementCounter::take);

        TimeUnit.SECONDS.sleep(60);

        List<String> all = new ArrayList<>();
        List.of(work, leases, signals).forEach(counter -> all.addAll(counter.take()));
        System.out.printf(
                "statements of an idle node in a minute: %d (polling %d, dead nodes %d, clock %d, signals %d)%n",
                all.size(),
                all.stream()
                        .filter(sql -> sql.startsWith("WITH locked_executions"))
                        .count(),
                all.stream()
                        .filter(sql -> sql.startsWith("select * from ralph.queue"))
                        .count(),
                all.stream()
                        .filter(sql -> sql.startsWith("SELECT clock_timestamp"))
                        .count(),
                all.stream().filter(sql -> sql.startsWith("SELECT pg_notify")).count());
        assertThat(all).hasSizeLessThan(120);
    }

    @Test
    void tenThousandWaitingRunsCostANodeNothing() throws Exception {
        int runs = 10_000;
        Orchestrator node = cluster.start(cluster.node(
                        "node",
                        invocation -> new AgentOutcome.Failed(
                                FailureClass.RATE_LIMITED, "try later", Duration.ofHours(3), UsageReport.UNKNOWN))
                .maxParallelRuns(SLOTS));
        waiting(node, 200, 0);
        long heapBefore = usedHeap();
        Set<Thread> threadsBefore = Thread.getAllStackTraces().keySet();

        waiting(node, runs, 200);

        long heap = usedHeap() - heapBefore;
        List<String> added = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !threadsBefore.contains(thread) && thread.isAlive())
                .map(Thread::getName)
                .toList();
        System.out.printf(
                "%,d waiting runs: %,d bytes of heap each, threads that came: %s%n", runs, heap / runs, added);
        System.out.printf("poll among them: %s%n", pollPlan());
        assertThat(heap / runs).isLessThan(200);
        // What comes and goes with the work that is done at the moment, whatever number waits.
        assertThat(added).hasSizeLessThanOrEqualTo(SLOTS);
        untilTrue("no connection is at work", () -> sessionsAtWork() == 0);
    }

    private static int sessionsAtWork() {
        return Jdbi.create(DATABASE.pool())
                .withHandle(handle -> handle.createQuery("SELECT count(*) FROM pg_stat_activity"
                                + " WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'")
                        .mapTo(Integer.class)
                        .one());
    }

    private void waiting(Orchestrator node, int runs, int from) throws Exception {
        for (int i = from; i < from + runs; i++) {
            node.submit(cluster.task("w" + i).build());
        }
        Jdbi jdbi = Jdbi.create(DATABASE.pool());
        long deadline = System.nanoTime() + Duration.ofMinutes(10).toNanos();
        int waiting;
        do {
            assertThat(System.nanoTime()).isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(200);
            waiting = jdbi.withHandle(
                    handle -> handle.createQuery("SELECT count(*) FROM ralph.orchestrations WHERE status = :status")
                            .bind("status", RunStatus.WAITING.name())
                            .mapTo(Integer.class)
                            .one());
        } while (waiting < from + runs);
    }

    private static String pollPlan() {
        return Jdbi.create(DATABASE.pool()).withHandle(handle -> {
            handle.execute("ANALYZE ralph.queue");
            List<String> plan = handle.createQuery("EXPLAIN (ANALYZE, BUFFERS, COSTS OFF) SELECT task_instance FROM"
                            + " ralph.queue WHERE picked = false AND execution_time <= now()"
                            + " ORDER BY priority DESC, execution_time ASC FOR UPDATE SKIP LOCKED LIMIT 4")
                    .mapTo(String.class)
                    .list();
            return String.join(" | ", plan);
        });
    }

    /** Runs a second that two nodes work. */
    private double ours(JdbcStore front) throws Exception {
        DATABASE.execute("TRUNCATE ralph.orchestrations, ralph.run_agents, ralph.run_labels, ralph.queue");
        front.parts().queue().open();
        create(front);
        CountDownLatch done = new CountDownLatch(RUNS);
        List<Dispatcher> nodes = new ArrayList<>();
        List<JdbcStore> stores = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            JdbcStore store = cluster.store();
            stores.add(store);
            store.listen(new Indifferent());
        }
        long begin = System.nanoTime();
        for (JdbcStore store : stores) {
            DbSchedulerDispatcher dispatcher = DbSchedulerDispatcher.working();
            dispatcher.start(context(store, "ours-" + nodes.size(), run -> {
                stint(store, run);
                done.countDown();
                return OVER;
            }));
            nodes.add(dispatcher);
        }
        assertThat(done.await(5, TimeUnit.MINUTES)).isTrue();
        double perSecond = RUNS / ((System.nanoTime() - begin) / 1e9);
        for (Dispatcher node : nodes) {
            node.drain(Cluster.BOUND);
            node.close();
        }
        stores.forEach(Store::close);
        return perSecond;
    }

    private double bare() throws Exception {
        BareQueue.makeTable(DATABASE.pool());
        BareQueue.fill(DATABASE.pool(), create(cluster.closing(DATABASE.open())));
        CountDownLatch done = new CountDownLatch(RUNS);
        List<Scheduler> nodes = new ArrayList<>();
        List<JdbcStore> stores = List.of(cluster.store(), cluster.store());
        long begin = System.nanoTime();
        for (JdbcStore store : stores) {
            Scheduler node = BareQueue.node(store.parts().work(), "bare-" + nodes.size(), SLOTS, run -> {
                stint(store, run);
                done.countDown();
            });
            node.start();
            nodes.add(node);
        }
        assertThat(done.await(5, TimeUnit.MINUTES)).isTrue();
        double perSecond = RUNS / ((System.nanoTime() - begin) / 1e9);
        nodes.forEach(Scheduler::stop);
        stores.forEach(Store::close);
        return perSecond;
    }

    private static List<RunId> create(JdbcStore store) {
        List<RunId> runs = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            NewRun run = TestRun.submitted(Instant.now());
            store.create(run);
            runs.add(run.id());
        }
        return runs;
    }

    /** The shortest life a run can have: claimed, and ended by one step. */
    private static void stint(Store store, RunId run) {
        TestRun.claim(store, run).end(StopReason.CANCELLED);
    }

    private Dispatcher node(JdbcStore store, String name, StintWorker worker) {
        store.listen(new Indifferent());
        untilTrue("it hears", store::seesRemoteChanges);
        DbSchedulerDispatcher dispatcher = DbSchedulerDispatcher.working();
        dispatcher.start(context(store, name, worker));
        cluster.closing(() -> {
            dispatcher.drain(Duration.ofSeconds(10));
            dispatcher.close();
        });
        return dispatcher;
    }

    private DispatchContext context(JdbcStore store, String name, StintWorker worker) {
        return new DispatchContext(worker, store, name, SLOTS, threads, Set.of(1), Duration.ofSeconds(15));
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static long usedHeap() throws InterruptedException {
        for (int i = 0; i < 5; i++) {
            System.gc();
            TimeUnit.MILLISECONDS.sleep(100);
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static final class Indifferent implements StoreListener {

        @Override
        public void commanded(RunId run) {}

        @Override
        public void advanced(RunId run) {}
    }
}
