/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.IterationRecord;
import dev.ralph.RunId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three processes work on one H2 file, and again and again one of them is killed wherever it is: while it commits, opens,
 * closes or compacts the file.
 */
@Tag("scale")
class SharedFileKilledTest {

    private static final int PEERS = 3;
    private static final int KILLS = Integer.getInteger("ralph.kills", 100);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    @Timeout(1_200)
    @SuppressWarnings("SystemOut")
    void nothingThatWasAcknowledgedIsLostAndTheFileStaysWhole() throws Exception {
        Path file = folder.resolve("runs");
        long seed = System.nanoTime();
        Random random = new Random(seed);
        long iterations = 0;
        Peer[] peers = new Peer[PEERS];
        try (JdbcStore store = JdbcStore.builder().sharedH2File(file).build()) {
            for (int i = 0; i < PEERS; i++) {
                peers[i] = Peer.start(file);
            }
            for (int kill = 0; kill < KILLS; kill++) {
                int one = random.nextInt(PEERS);
                Peer victim = peers[one];
                victim.read(random.nextInt(60));
                victim.process.kill();
                int acknowledged = victim.readAll();

                List<Integer> recorded = store.iterations(victim.run, 0, 100_000).stream()
                        .map(IterationRecord::iteration)
                        .toList();
                assertThat(recorded)
                        .as("kill %d, seed %d", kill, seed)
                        .hasSizeBetween(acknowledged, acknowledged + 1)
                        .isEqualTo(IntStream.rangeClosed(1, recorded.size())
                                .boxed()
                                .toList());
                iterations += recorded.size();
                peers[one] = Peer.start(file);
            }
        } finally {
            for (Peer peer : peers) {
                peer.process.close();
            }
        }
        System.out.println(KILLS + " kills, " + iterations + " iterations of the killed, "
                + (Files.size(Path.of(file + ".mv.db")) >> 20) + " MB at the end");
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

        static Peer start(Path file) throws Exception {
            SharedFilePeer process = SharedFilePeer.working(file);
            return new Peer(process, RunId.parse(Objects.requireNonNull(process.line(), "it ended")));
        }

        void read(int lines) throws Exception {
            for (int i = 0; i < lines; i++) {
                acknowledged = Integer.parseInt(Objects.requireNonNull(process.line(), "it ended"));
            }
        }

        int readAll() throws Exception {
            for (String line = process.line(); line != null; line = process.line()) {
                acknowledged = Integer.parseInt(line);
            }
            return acknowledged;
        }
    }
}
