/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.IterationRecord;
import dev.ralph.RunId;
import dev.ralph.store.jdbc.fault.FaultTable;
import dev.ralph.store.jdbc.fault.Figures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Three processes work on one H2 file, and again and again one of them is killed wherever it is: while it commits, opens,
 * closes or compacts the file.
 */
@Tag("fault")
@ExtendWith(FaultTable.class)
@Isolated("its processes need the whole machine, and others bound times")
class SharedFileKilledTest {

    private static final int PEERS = 3;
    private static final int MOST_LINES = 30;
    private static final int KILLS = Integer.getInteger("ralph.kills", 20);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    @Timeout(600)
    @DisplayName(
            "a shared H2 file: `kill -9` of processes that use it by turns, while they commit, open, close and compact it")
    void nothingThatWasAcknowledgedIsLostAndTheFileStaysWhole(Figures figures) throws Exception {
        Path file = folder.resolve("runs");
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<Peer> all = new ArrayList<>();
        List<Peer> alive = new ArrayList<>();
        try {
            for (int i = 0; i < PEERS; i++) {
                alive.add(Peer.start(file, all));
            }
            for (int kill = 0; kill < KILLS; kill++) {
                int one = random.nextInt(PEERS);
                Peer victim = alive.get(one);
                victim.read(random.nextInt(MOST_LINES));
                victim.process.kill();
                victim.readAll();
                alive.set(one, Peer.start(file, all));
            }
            for (Peer peer : alive) {
                peer.process.kill();
                peer.readAll();
            }
        } finally {
            all.forEach(peer -> peer.process.close());
        }

        int acknowledged = 0;
        int recorded = 0;
        try (JdbcStore store = JdbcStore.builder().sharedH2File(file).build()) {
            for (Peer peer : all) {
                int iterations = iterations(store, peer);
                assertThat(iterations)
                        .as("run %s, seed %d", peer.run, seed)
                        .isBetween(peer.acknowledged, peer.acknowledged + 1);
                acknowledged += peer.acknowledged;
                recorded += iterations;
            }
        }
        long size = Files.size(Path.of(file + ".mv.db"));
        long compact = compact(file);
        assertThat(size)
                .as("compacted while it is used; all that is in it needs %d bytes", compact)
                .isLessThan(4 * compact + (16 << 20));
        figures.add("kills", KILLS + PEERS)
                .add("iterations acknowledged, all there after the last kill", acknowledged)
                .add("recorded though nobody heard of it", recorded - acknowledged)
                .add("MB of the file, and once compacted", (size >> 20) + ", " + (compact >> 20));
    }

    private static int iterations(JdbcStore store, Peer peer) {
        List<Integer> numbers = store.iterations(peer.run, 0, 100_000).stream()
                .map(IterationRecord::iteration)
                .toList();
        assertThat(numbers)
                .isEqualTo(IntStream.rangeClosed(1, numbers.size()).boxed().toList());
        return numbers.size();
    }

    private static long compact(Path file) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:h2:file:" + file, "sa", "");
                Statement statement = connection.createStatement()) {
            statement.execute("SHUTDOWN COMPACT");
        }
        return Files.size(Path.of(file + ".mv.db"));
    }

    /** A process and what it has acknowledged. */
    private static final class Peer {

        private final SharedFilePeer process;
        private final RunId run;
        private int acknowledged;

        private Peer(SharedFilePeer process, RunId run) {
            this.process = process;
            this.run = run;
        }

        static Peer start(Path file, List<Peer> all) throws Exception {
            SharedFilePeer process = SharedFilePeer.working(file);
            Peer peer = new Peer(process, RunId.parse(Objects.requireNonNull(process.line(), "it ended")));
            all.add(peer);
            return peer;
        }

        void read(int lines) throws Exception {
            for (int i = 0; i < lines; i++) {
                acknowledged = Integer.parseInt(Objects.requireNonNull(process.line(), "it ended"));
            }
        }

        void readAll() throws Exception {
            for (String line = process.line(); line != null; line = process.line()) {
                acknowledged = Integer.parseInt(line);
            }
        }
    }
}
