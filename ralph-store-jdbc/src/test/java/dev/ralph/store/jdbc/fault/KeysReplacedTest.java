/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.RunId;
import dev.ralph.RunQuery;
import dev.ralph.spi.Store;
import dev.ralph.store.jdbc.ChildJvm;
import dev.ralph.store.jdbc.JdbcStore;
import dev.ralph.store.jdbc.MigrationMode;
import dev.ralph.store.jdbc.Sealing;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** The encryption key is replaced while nodes work, as docs/jdbc-store.md tells. */
@Tag("fault")
@Tag("linux")
@Isolated
@ExtendWith(FaultTable.class)
class KeysReplacedTest {

    private static final int NODES = 3;

    /** So many are unfinished, until the last node is replaced: however fast they are, there is work for all keys. */
    private static final int RUNS = 40;

    private static final int ITERATIONS = 40;
    private static final int SUBJECTS = 5;
    private static final int ALL = 1_000_000;

    @RegisterExtension
    static final LoggedDatabase DATABASE = LoggedDatabase.shared();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    @Timeout(600)
    @DisplayName("`ENCRYPTION_KEY` replaced node by node under load, and the old one taken away")
    void noReadFailsWhicheverKeysANodeHas(Figures figures) throws Exception {
        ExecutorService reading = Executors.newSingleThreadExecutor();
        Readers readers = new Readers();
        try (Fleet fleet = new Fleet(folder, DATABASE, "ab")) {
            List<ChildJvm> nodes = new ArrayList<>();
            for (int i = 0; i < NODES; i++) {
                nodes.add(fleet.start(fleet.order("old-" + i).keys("a")));
            }
            Load load = new Load(fleet);
            load.topUp();
            readers.use("a");
            Future<Integer> reads = reading.submit(() -> readers.readAndTopUp(load));

            replace(fleet, nodes, "both-", "ab");
            readers.use("ab");
            replace(fleet, nodes, "turned-", "ba");
            readers.use("ba");
            int wrapped = wrapAnew();
            int left = DATABASE.count("SELECT count(DISTINCT key_id) FROM ralph.data_keys");
            replace(fleet, nodes, "new-", "b");
            readers.use("b");
            int whileOldWasGone = fleet.ended();
            int runs = load.close();
            fleet.awaitEnded(runs);
            readers.end();

            assertThat(wrapped).as("keys wrapped anew").isGreaterThanOrEqualTo(SUBJECTS);
            assertThat(left).as("keys that wrap").isEqualTo(1);
            assertThat(whileOldWasGone).as("runs that had ended by then").isLessThan(runs);
            assertThat(reads.get()).isPositive();
            fleet.requireIdle();
            for (ChildJvm node : nodes) {
                assertThat(node.isAlive()).isTrue();
            }
            figures.add("runs, all completed", runs)
                    .add("nodes replaced", 3 * NODES)
                    .add("data keys wrapped anew", wrapped)
                    .add("reads of a run's whole content, none failed", reads.get());
        } finally {
            readers.end();
            reading.shutdownNow();
        }
    }

    private static int wrapAnew() {
        try (JdbcStore store = open("ba")) {
            return store.maintain().keysWrapped();
        }
    }

    private static JdbcStore open(String keys) {
        return JdbcStore.builder()
                .url(DATABASE.url("reader"))
                .pool(1, 2)
                .migrations(MigrationMode.NONE)
                .encryption(Sealing.keys(keys))
                .build();
    }

    private static void replace(Fleet fleet, List<ChildJvm> nodes, String name, String keys) throws Exception {
        for (int i = 0; i < nodes.size(); i++) {
            ChildJvm node = nodes.get(i);
            ChildJvm next = fleet.start(fleet.order(name + i).keys(keys));
            node.signal("TERM");
            node.await("closed", Fleet.BOUND);
            nodes.set(i, next);
        }
    }

    /** Keeps the nodes busy. Thread-safe. */
    private static final class Load {

        private final Fleet fleet;
        private int submitted;
        private boolean closed;

        Load(Fleet fleet) {
            this.fleet = fleet;
        }

        synchronized void topUp() throws Exception {
            while (!closed && submitted - fleet.ended() < RUNS) {
                fleet.front()
                        .submit(fleet.task("sealed-" + submitted, ClusterAgents.scriptedRef(), ITERATIONS)
                                .subject("subject-" + submitted % SUBJECTS)
                                .build());
                submitted++;
            }
        }

        /** How many runs there are; no more will come. */
        synchronized int close() {
            closed = true;
            return submitted;
        }
    }

    /** Reads everything of every run again and again, with the keys a node would have by then. */
    private static final class Readers {

        private final AtomicReference<String> keys = new AtomicReference<>("a");
        private final AtomicBoolean ended = new AtomicBoolean();

        void use(String letters) {
            keys.set(letters);
        }

        void end() {
            ended.set(true);
        }

        int readAndTopUp(Load load) throws Exception {
            int reads = 0;
            while (!ended.get()) {
                String letters = keys.get();
                try (JdbcStore store = open(letters)) {
                    while (!ended.get() && letters.equals(keys.get())) {
                        reads += readAll(store);
                        load.topUp();
                    }
                }
            }
            return reads;
        }

        private static int readAll(Store store) {
            int reads = 0;
            RunQuery next = RunQuery.NEWEST.withLimit(RUNS);
            while (next != null) {
                var page = store.list(next);
                page.items().forEach(run -> readWhole(store, run.id()));
                reads += page.items().size();
                next = page.next() == null ? null : next.withAfter(page.next());
            }
            return reads;
        }

        private static void readWhole(Store store, RunId id) {
            assertThat(store.find(id)).isPresent();
            assertThat(store.events(id, 0, ALL)).isNotEmpty();
            store.iterations(id, 0, ALL)
                    .forEach(iteration -> assertThat(store.attempts(id, iteration.iteration()))
                            .isNotEmpty());
            store.gates(id);
        }
    }
}
