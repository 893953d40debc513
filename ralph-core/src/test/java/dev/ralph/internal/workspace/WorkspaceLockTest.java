/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.RunId;
import dev.ralph.VersionControl;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedGit.class)
class WorkspaceLockTest {

    private static final RunId FIRST = RunId.parse("01a20964-7781-7f33-973a-000000000001");
    private static final RunId SECOND = RunId.parse("01a20964-7781-7f33-973a-000000000002");
    private static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z");

    @TempDir
    Path temp;

    private final GitRunner git;
    private GitSandbox repo;

    WorkspaceLockTest(GitRunner git) {
        this.git = git;
    }

    @BeforeEach
    void makeRepository() {
        repo = GitSandbox.withCommit(temp.resolve("repo"));
    }

    @Test
    void letsOneRunAtATimeIn() {
        WorkspaceLock first = acquire(FIRST);
        WorkspaceLock.Busy busy = (WorkspaceLock.Busy) attempt(SECOND);
        assertThat(busy.holder())
                .contains(new LockHolder(FIRST, ProcessHandle.current().pid(), NOON));
        assertThat(busy.message())
                .contains(
                        FIRST.toString(),
                        NOON.toString(),
                        String.valueOf(ProcessHandle.current().pid()),
                        repo.path(".git").toString());
        first.close();
        acquire(SECOND).close();
    }

    @Test
    void isHonouredByAnotherProcess() throws Exception {
        WorkspaceLock held = acquire(FIRST);
        assertThat(fromAnotherProcess()).startsWith("busy ").contains(FIRST.toString());
        held.close();
        assertThat(fromAnotherProcess()).isEqualTo("locked");
    }

    @Test
    void honoursAnotherProcess() throws Exception {
        try (OtherJvm other = OtherJvm.start("lock", repo.directory().toString())) {
            assertThat(other.readLine()).isEqualTo("locked");
            WorkspaceLock.Busy busy = (WorkspaceLock.Busy) attempt(FIRST);
            assertThat(busy.holder().orElseThrow().pid()).isEqualTo(other.pid());
            assertThat(busy.holder().orElseThrow().run()).isEqualTo(OtherJvmMain.RUN);
        }
    }

    @Test
    void endsWithAProcessThatIsKilled() throws Exception {
        try (OtherJvm other = OtherJvm.start("lock", repo.directory().toString())) {
            assertThat(other.readLine()).isEqualTo("locked");
            assertThat(attempt(FIRST)).isInstanceOf(WorkspaceLock.Busy.class);
            other.kill();
            acquire(FIRST).close();
        }
    }

    @Test
    void staysValidWhenOthersInThisJvmAsk() throws Exception {
        try (WorkspaceLock held = acquire(FIRST)) {
            for (int i = 0; i < 3; i++) {
                assertThat(attempt(SECOND)).isInstanceOf(WorkspaceLock.Busy.class);
            }
            assertThat(fromAnotherProcess()).startsWith("busy ");
            assertThat(held.isIntact()).isTrue();
        }
    }

    @Test
    void excludesACopyOfItselfInAnotherClassLoader() throws Exception {
        URL[] classes = OtherJvm.locations().map(WorkspaceLockTest::url).toArray(URL[]::new);
        try (WorkspaceLock held = acquire(FIRST);
                URLClassLoader loader = new URLClassLoader(classes, null)) {
            Class<?> copy = Class.forName(WorkspaceLock.class.getName(), true, loader);
            Class<?> holder = Class.forName(LockHolder.class.getName(), true, loader);
            Class<?> runId = Class.forName(RunId.class.getName(), true, loader);
            assertThat(copy).isNotEqualTo(WorkspaceLock.class);
            var tryAcquire = copy.getDeclaredMethod("tryAcquire", Path.class, holder);
            tryAcquire.setAccessible(true);
            Object run = runId.getMethod("parse", String.class).invoke(null, SECOND.toString());
            Object attempt = tryAcquire.invoke(
                    null,
                    repo.path(".git/ralph"),
                    holder.getConstructor(runId, long.class, Instant.class).newInstance(run, 1L, NOON));
            assertThat(attempt.getClass().getSimpleName()).isEqualTo("Busy");
            assertThat(fromAnotherProcess()).startsWith("busy ");
            assertThat(held.isIntact()).isTrue();
        }
    }

    @Test
    void givesItToExactlyOneOfManyThreads() throws Exception {
        int threads = 8;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            for (int round = 0; round < 50; round++) {
                CountDownLatch start = new CountDownLatch(1);
                List<Future<WorkspaceLock.Attempt>> attempts = new ArrayList<>();
                GitWorkspace workspace = repo.open(git);
                for (int i = 0; i < threads; i++) {
                    LockHolder holder = LockHolder.thisProcess(RunId.create(NOON), NOON);
                    attempts.add(pool.submit(() -> {
                        start.await();
                        return workspace.tryLock(holder);
                    }));
                }
                start.countDown();
                List<WorkspaceLock> winners = new ArrayList<>();
                for (Future<WorkspaceLock.Attempt> attempt : attempts) {
                    if (attempt.get() instanceof WorkspaceLock.Acquired acquired) {
                        winners.add(acquired.lock());
                    }
                }
                assertThat(winners).hasSize(1);
                winners.get(0).close();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void isTheSameWithAndWithoutVersionControlAndInSubDirectories() throws Exception {
        try (WorkspaceLock held = acquire(FIRST)) {
            Workspace plain = Workspace.open(
                    repo.directory(), WorkspaceOptions.defaults().withVersionControl(VersionControl.NONE), git);
            Workspace sub = Workspace.open(repo.path("dir"), WorkspaceOptions.defaults(), git);
            LockHolder holder = LockHolder.thisProcess(SECOND, NOON);
            assertThat(plain).isInstanceOf(PlainWorkspace.class);
            assertThat(plain.tryLock(holder)).isInstanceOf(WorkspaceLock.Busy.class);
            assertThat(sub.tryLock(holder)).isInstanceOf(WorkspaceLock.Busy.class);
            assertThat(held.isIntact()).isTrue();
        }
    }

    @Test
    void isSeparateForEachWorkingTree() throws Exception {
        GitSandbox linked = GitSandbox.in(temp.resolve("linked"));
        repo.git("worktree", "add", "-q", linked.directory().toString());
        try (WorkspaceLock held = acquire(FIRST)) {
            WorkspaceLock.Attempt other = linked.open(git).tryLock(LockHolder.thisProcess(SECOND, NOON));
            assertThat(other).isInstanceOf(WorkspaceLock.Acquired.class);
            ((WorkspaceLock.Acquired) other).lock().close();
            assertThat(held.isIntact()).isTrue();
        }
    }

    @Test
    void tellsWhenItsFileWasDeleted() throws Exception {
        WorkspaceLock held = acquire(FIRST);
        assertThat(held.isIntact()).isTrue();
        Files.delete(repo.path(".git/ralph/lock"));
        assertThat(held.isIntact()).isFalse();
        Files.createFile(repo.path(".git/ralph/lock"));
        assertThat(held.isIntact()).isFalse();
        held.close();
        acquire(SECOND).close();
    }

    @Test
    void canBeClosedTwice() {
        WorkspaceLock first = acquire(FIRST);
        first.close();
        WorkspaceLock second = acquire(SECOND);
        first.close();
        assertThat(second.isIntact()).isTrue();
        assertThat(attempt(RunId.create(NOON))).isInstanceOf(WorkspaceLock.Busy.class);
        assertThat(repo.path(".git/ralph/holder")).content().contains(SECOND.toString());
        second.close();
        assertThat(repo.path(".git/ralph/holder")).doesNotExist();
        assertThat(first.isIntact()).isFalse();
    }

    @Test
    void doesNotBelieveADamagedNoteAboutItsHolder() throws Exception {
        WorkspaceLock held = acquire(FIRST);
        for (String note : List.of("", "x", "a\nb\nc\n", "run\n1\nnot a time\n", "../x\n1\n2026-03-04T12:00:00Z\n")) {
            Files.writeString(repo.path(".git/ralph/holder"), note);
            WorkspaceLock.Busy busy = (WorkspaceLock.Busy) attempt(SECOND);
            assertThat(busy.holder()).isEmpty();
            assertThat(busy.message()).contains("in use by another run");
        }
        held.close();
    }

    @Test
    void isReleasedByAProcessThatEndsInOrder() throws Exception {
        try (OtherJvm other = OtherJvm.start("lock", repo.directory().toString())) {
            assertThat(other.readLine()).isEqualTo("locked");
            other.endInput();
            assertThat(other.awaitExit()).isZero();
        }
        assertThat(repo.path(".git/ralph/holder")).doesNotExist();
        acquire(FIRST).close();
    }

    @Test
    void canBeTakenByAThreadThatIsInterrupted() {
        GitWorkspace workspace = repo.open(git);
        Thread.currentThread().interrupt();
        WorkspaceLock.Attempt attempt = workspace.tryLock(LockHolder.thisProcess(FIRST, NOON));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(attempt).isInstanceOf(WorkspaceLock.Acquired.class);
        ((WorkspaceLock.Acquired) attempt).lock().close();
    }

    private WorkspaceLock.Attempt attempt(RunId run) {
        return repo.open(git)
                .tryLock(new LockHolder(run, ProcessHandle.current().pid(), NOON));
    }

    private WorkspaceLock acquire(RunId run) {
        WorkspaceLock.Attempt attempt = attempt(run);
        assertThat(attempt).isInstanceOf(WorkspaceLock.Acquired.class);
        return ((WorkspaceLock.Acquired) attempt).lock();
    }

    private String fromAnotherProcess() throws Exception {
        try (OtherJvm other = OtherJvm.start("lock", repo.directory().toString())) {
            return other.readLine();
        }
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (java.net.MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
