/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ralph.AgentStatus;
import dev.ralph.ConfigurationException;
import dev.ralph.Orchestrator;
import dev.ralph.OrchestratorBuilder;
import dev.ralph.Run;
import dev.ralph.RunQuery;
import dev.ralph.RunSnapshot;
import dev.ralph.RunStatus;
import dev.ralph.StopReason;
import dev.ralph.cache.MemoryCaches;
import dev.ralph.event.StateEvent;
import dev.ralph.spi.Step;
import dev.ralph.spi.Store;
import dev.ralph.store.InMemoryStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What people read of runs comes out of a cache if the host asks for it, and is what happened. */
class CachedReadsTest {

    private static final String WAITS = "while [ ! -e \"$PLAY/go\" ]; do sleep 0.05; done; echo LOOP_COMPLETE";

    @RegisterExtension
    private final Playground play = new Playground();

    @Test
    void nothingIsCachedUnasked() {
        Orchestrator ralph = play.start(play.orchestrator("echo LOOP_COMPLETE"));

        ralph.list(RunQuery.NEWEST);

        assertThat(ralph.cacheFigures()).isEmpty();
    }

    @Test
    void aRunThatEndedIsReadAsEndedAtOnce() throws Exception {
        Orchestrator ralph = play.start(play.orchestrator(WAITS).property("RALPH_CACHE", "memory"));
        Run run = ralph.submit(
                Playground.task(play.directory("work")).taskId("task").build());
        assertThat(ralph.find(run.id())).isPresent();
        assertThat(statuses(ralph)).noneMatch(RunStatus::isFinal);
        Files.createFile(play.file("go"));

        assertThat(Playground.result(run).reason()).isEqualTo(StopReason.COMPLETED);

        assertThat(run.snapshot().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(ralph.findByTaskId("task").orElseThrow().snapshot().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(statuses(ralph)).containsExactly(RunStatus.COMPLETED);
    }

    @Test
    void whoAwaitedTheEndReadsItEvenIfNobodyHasToldOfIt() throws Exception {
        try (SlowToTell slow = new SlowToTell()) {
            Orchestrator ralph = play.start(keepingLong(slow.store()));
            Run run = ralph.submit(Playground.task(play.directory("work")).build());
            assertThat(run.snapshot().status().isFinal()).isFalse();
            assertThat(statuses(ralph)).noneMatch(RunStatus::isFinal);
            Files.createFile(play.file("go"));

            assertThat(Playground.result(run).reason()).isEqualTo(StopReason.COMPLETED);

            assertThat(run.snapshot().status()).isEqualTo(RunStatus.COMPLETED);
            assertThat(statuses(ralph)).containsExactly(RunStatus.COMPLETED);
        }
    }

    @Test
    void whoFollowsARunReadsItsEndOnceItIsToldOfIt() throws Exception {
        try (SlowToTell slow = new SlowToTell()) {
            CompletableFuture<List<RunStatus>> read = new CompletableFuture<>();
            Orchestrator ralph = play.start(keepingLong(slow.store()));
            Run run = ralph.submit(Playground.task(play.directory("work")).build());
            run.follow(0, event -> {
                if (event instanceof StateEvent.RunEnded) {
                    read.complete(Stream.concat(Stream.of(run.snapshot().status()), statuses(ralph).stream())
                            .toList());
                }
            });
            assertThat(run.snapshot().status().isFinal()).isFalse();
            assertThat(statuses(ralph)).noneMatch(RunStatus::isFinal);
            Files.createFile(play.file("go"));

            assertThat(read.get(Playground.BOUND.toSeconds(), TimeUnit.SECONDS))
                    .containsExactly(RunStatus.COMPLETED, RunStatus.COMPLETED);
        }
    }

    @Test
    void orchestratorsThatShareCachesHaveAgentsOfTheirOwn() {
        MemoryCaches caches = play.closing(new MemoryCaches());
        Orchestrator one = play.start(play.orchestrator("exit 0").caches(caches));
        Orchestrator other = play.start(Orchestrator.builder()
                .agent(play.agent("another", "exit 0").build())
                .caches(caches));

        assertThat(one.agents())
                .extracting(AgentStatus::id)
                .contains("scripted")
                .doesNotContain("another");
        assertThat(other.agents())
                .extracting(AgentStatus::id)
                .contains("another")
                .doesNotContain("scripted");
    }

    private OrchestratorBuilder keepingLong(Store store) {
        return play.orchestrator(WAITS)
                .store(store)
                .property("RALPH_CACHE", "memory")
                .property("RALPH_CACHE_TTL", "3600")
                .property("RALPH_CACHE_LIST_TTL", "3600");
    }

    private static List<RunStatus> statuses(Orchestrator ralph) {
        return ralph.list(RunQuery.NEWEST).items().stream()
                .map(RunSnapshot::status)
                .toList();
    }

    /** A store that tells nobody of changes, and whose last step of a run does not return, though it is committed. */
    private static final class SlowToTell implements AutoCloseable {

        private final CountDownLatch told = new CountDownLatch(1);
        private final Store behind = new InMemoryStore(InstantSource.system());

        Store store() {
            return (Store) Proxy.newProxyInstance(
                    Store.class.getClassLoader(), new Class<?>[] {Store.class}, (proxy, method, arguments) -> {
                        if (method.getName().equals("listen")) {
                            return (AutoCloseable) () -> {};
                        }
                        if (method.getName().equals("seesRemoteChanges")) {
                            return false;
                        }
                        Object result = call(method, arguments);
                        if (arguments != null
                                && arguments.length == 2
                                && arguments[1] instanceof Step step
                                && ends(step)) {
                            told.await();
                        }
                        return result;
                    });
        }

        private static boolean ends(Step step) {
            return step.run().status().isFinal();
        }

        private Object call(Method method, Object @Nullable [] arguments) throws Throwable {
            try {
                return method.invoke(behind, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }

        @Override
        public void close() {
            told.countDown();
        }
    }

    @Test
    void whatIsAskedAgainIsNotReadAgain() throws Exception {
        Orchestrator ralph = play.start(play.orchestrator("echo LOOP_COMPLETE").property("RALPH_CACHE", "memory"));
        Run run = ralph.submit(Playground.task(play.directory("work")).build());
        Playground.result(run);
        run.snapshot();
        ralph.list(RunQuery.NEWEST);
        ralph.agents();
        long before = hits(ralph, "runs");

        for (int time = 0; time < 10; time++) {
            assertThat(ralph.find(run.id()).orElseThrow().snapshot().status()).isEqualTo(RunStatus.COMPLETED);
            assertThat(ralph.list(RunQuery.NEWEST).items()).hasSize(1);
            assertThat(ralph.agents()).isNotEmpty();
        }

        assertThat(hits(ralph, "runs")).isGreaterThanOrEqualTo(before + 19);
        assertThat(hits(ralph, "lists")).isGreaterThanOrEqualTo(9);
        assertThat(hits(ralph, "agents")).isEqualTo(10);
    }

    private static long hits(Orchestrator ralph, String region) {
        return Objects.requireNonNull(ralph.cacheFigures().get(region)).hits();
    }

    @Test
    void aCacheThatIsNotThereIsNotReplacedByAnother() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() ->
                        Orchestrator.builder().property("RALPH_CACHE", "reddis").build())
                .withMessageContaining("'reddis'")
                .withMessageContaining("memory")
                .withMessageContaining("'none'");
    }

    @Test
    void aTimeOutsideItsRangeIsRefused() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> Orchestrator.builder()
                        .property("RALPH_CACHE", "memory")
                        .property("RALPH_CACHE_LIST_TTL", "0")
                        .build())
                .withMessageContaining("RALPH_CACHE_LIST_TTL is 0")
                .withMessageContaining("1 to 3600");
    }
}
