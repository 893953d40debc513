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
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
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
                    .withMessageContaining("process " + peer.pid() + " has it open")
                    .withMessageContaining("within 300 ms")
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
    void whoIsNeverIdleLetsOthersHaveTheirTurnToo() throws Exception {
        int threads = 8;
        AtomicBoolean over = new AtomicBoolean();
        CountDownLatch working = new CountDownLatch(10 * threads);
        List<Future<?>> busy = new ArrayList<>();
        try (SharedFile file = new SharedFile(file(), Duration.ofSeconds(30));
                SharedFile other = new SharedFile(file(), Duration.ofSeconds(30))) {
            for (int i = 0; i < threads; i++) {
                busy.add(inBackground(() -> {
                    while (!over.get()) {
                        count(file);
                        working.countDown();
                    }
                }));
            }
            assertThat(working.await(30, TimeUnit.SECONDS)).isTrue();

            long began = System.nanoTime();
            for (int i = 0; i < 10; i++) {
                count(other);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .as("ten turns of 50 ms each; without, they take more than 20 s")
                    .isLessThan(Duration.ofSeconds(10));

            over.set(true);
            for (Future<?> one : busy) {
                one.get(30, TimeUnit.SECONDS);
            }
        } finally {
            over.set(true);
        }
    }

    private static void count(SharedFile file) throws SQLException {
        try (Connection connection = file.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT count(*) FROM SYSTEM_RANGE(1, 1000000)");
        }
    }

    @Test
    void aThreadThatHasAConnectionGetsASecondOneAlthoughOthersWait() throws Exception {
        try (SharedFile file = new SharedFile(file(), Duration.ofSeconds(10));
                SharedFile other = new SharedFile(file(), Duration.ofSeconds(30))) {
            Future<?> waiting;
            try (Connection first = file.getConnection()) {
                waiting = inBackground(() -> other.getConnection().close());
                Awaitility.await("the other store waits")
                        .atMost(Duration.ofSeconds(10))
                        .until(file::isWanted);
                try (Connection second = file.getConnection()) {
                    assertThat(second).isNotEqualTo(first).isEqualTo(second);
                }
                assertThat(waiting.isDone()).as("while one is out").isFalse();
            }
            waiting.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void aRunThatBeginsAndEndsBetweenTwoLooksIsToldOf() throws Exception {
        try (JdbcStore store = open();
                JdbcStore other = open()) {
            BlockingQueue<RunId> told = new LinkedBlockingQueue<>();
            StoreListener listener = new StoreListener() {
                @Override
                public void commanded(RunId id) {}

                @Override
                public void advanced(RunId id) {
                    told.add(id);
                }
            };
            try (AutoCloseable subscription = store.listen(listener)) {
                TestRun run = TestRun.begin(other);
                run.end(StopReason.CANCELLED);

                assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo(run.id());
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

    private static Future<?> inBackground(CheckedRunnable work) {
        FutureTask<?> task = new FutureTask<>(() -> {
            work.run();
            return null;
        });
        new Thread(task).start();
        return task;
    }

    private interface CheckedRunnable {
        void run() throws Exception;
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
