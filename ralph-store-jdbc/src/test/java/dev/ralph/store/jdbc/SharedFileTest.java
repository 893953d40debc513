/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ralph.ConfigurationException;
import dev.ralph.IterationRecord;
import dev.ralph.RunId;
import dev.ralph.StopReason;
import dev.ralph.StoreException;
import dev.ralph.StoreUnavailableException;
import dev.ralph.spi.Command;
import dev.ralph.spi.StoreListener;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An H2 file that several processes use by turns. */
@Tag("integration")
class SharedFileTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void processesWorkSideBySideAndOneThatIsKilledLosesNothingAndHarmsNobody() throws Exception {
        try (JdbcStore store = open();
                SharedFilePeer peer = SharedFilePeer.working(file());
                SharedFilePeer victim = SharedFilePeer.working(file())) {
            TestRun mine = TestRun.begin(store);
            RunId peers = RunId.parse(line(peer));
            RunId victims = RunId.parse(line(victim));
            int recorded = 0;
            for (int i = 1; i <= 20; i++) {
                mine.start(i);
                mine.settle(i);
                recorded = Integer.parseInt(line(victim));
            }

            victim.kill();
            for (String line = victim.line(); line != null; line = victim.line()) {
                recorded = Integer.parseInt(line);
            }

            mine.start(21);
            mine.settle(21);
            assertThat(iterations(store, mine.id())).hasSize(21);
            assertThat(iterations(store, victims)).hasSizeBetween(recorded, recorded + 1);
            int before = iterations(store, peers).size();
            Awaitility.await("the third process goes on")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> iterations(store, peers).size() > before);
        }
    }

    @Test
    void aProcessThatStopsInTheMiddleOfItsTurnIsNamedAndAnotherGoesOnOnceItIsGone() throws Exception {
        open().close();
        JdbcStoreConfig impatient = new JdbcStoreConfig(
                MigrationMode.NONE,
                1,
                1,
                Duration.ofMillis(300),
                Duration.ofMinutes(1),
                Duration.ofSeconds(10),
                null,
                1);
        try (SharedFilePeer peer = SharedFilePeer.holding(file())) {
            assertThat(peer.line()).startsWith("holding");

            assertThatExceptionOfType(StoreUnavailableException.class)
                    .isThrownBy(() -> JdbcStore.builder()
                            .sharedH2File(file())
                            .config(impatient)
                            .build())
                    .withMessageContaining("process " + peer.pid() + " has had the database")
                    .withMessageContaining(file().toString())
                    .withMessageContaining("let it go on or end it");

            peer.kill();
            try (JdbcStore store = open()) {
                TestRun.begin(store).start(1);
            }
        }
    }

    @Test
    void whatAnotherStoreDoesIsToldWithoutAsking() throws Exception {
        CountDownLatch advanced = new CountDownLatch(1);
        CountDownLatch commanded = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(2);
        try (JdbcStore store = open();
                JdbcStore other = open()) {
            assertThat(store.seesRemoteChanges()).isTrue();
            TestRun run = TestRun.begin(other);
            StoreListener listener = new StoreListener() {
                @Override
                public void commanded(RunId id) {
                    commanded.countDown();
                }

                @Override
                public void advanced(RunId id) {
                    advanced.countDown();
                    ended.countDown();
                }
            };
            try (AutoCloseable subscription = store.listen(listener)) {
                run.start(1);
                assertThat(advanced.await(10, TimeUnit.SECONDS)).isTrue();
                other.append(run.id(), UUID.randomUUID(), new Command.Cancel());
                assertThat(commanded.await(10, TimeUnit.SECONDS)).isTrue();
                run.end(StopReason.CANCELLED);
                assertThat(ended.await(10, TimeUnit.SECONDS))
                        .as("the end of a run is told too")
                        .isTrue();
                assertThat(subscription).isNotNull();
            }
        }
    }

    @Test
    void theFileIsOpenOnlyForAMoment() {
        try (JdbcStore store = open()) {
            TestRun.begin(store);

            Awaitility.await("nobody has it open any more")
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> isFree(Path.of(file() + ".mv.db")));
            TestRun.begin(store);
        }
    }

    @Test
    void interruptsCostNothingHoweverOftenTheyCome() throws Exception {
        try (JdbcStore store = open()) {
            TestRun run = TestRun.begin(store);
            Thread worker = new Thread(() -> {
                for (int i = 1; i <= 100; i++) {
                    run.start(i);
                    run.settle(i);
                }
            });
            worker.start();
            while (worker.isAlive()) {
                worker.interrupt();
                worker.join(1);
            }

            assertThat(iterations(store, run.id())).hasSize(100);
        }
    }

    @Test
    void leasesOfADeadNodeEndSoonerAndNoOthers() throws Exception {
        try (JdbcStore store = open()) {
            ShorterLeases.assertShortened(store);
        }
    }

    @Test
    void aFileThatIsNoDatabaseIsNamed() throws IOException {
        Files.write(Path.of(file() + ".mv.db"), new byte[20_000]);

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(this::open)
                .withMessageContaining(file() + ".mv.db")
                .withMessageContaining("damaged");
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws IOException {
        Path noFolder = Files.createFile(folder.resolve("file")).resolve("runs");

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> JdbcStore.builder().sharedH2File(noFolder).build())
                .withMessageContaining(noFolder.toString());
    }

    private JdbcStore open() {
        return JdbcStore.builder().sharedH2File(file()).build();
    }

    private Path file() {
        return folder.resolve("runs");
    }

    private static String line(SharedFilePeer peer) throws IOException {
        return Objects.requireNonNull(peer.line(), "it ended");
    }

    private static List<Integer> iterations(JdbcStore store, RunId run) {
        List<Integer> numbers = store.iterations(run, 0, 10_000).stream()
                .map(IterationRecord::iteration)
                .toList();
        assertThat(numbers)
                .isEqualTo(IntStream.rangeClosed(1, numbers.size()).boxed().toList());
        return numbers;
    }

    private static boolean isFree(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }
}
