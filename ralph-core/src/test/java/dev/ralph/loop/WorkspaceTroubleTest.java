/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.loop;

import static dev.ralph.loop.Playground.BOUND;
import static dev.ralph.loop.Playground.event;
import static dev.ralph.loop.Playground.git;
import static dev.ralph.loop.Playground.quick;
import static dev.ralph.loop.Playground.result;
import static dev.ralph.loop.Playground.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.AttemptRecord;
import dev.ralph.AttemptStatus;
import dev.ralph.CheckpointPolicy;
import dev.ralph.ConfigurationException;
import dev.ralph.Limits;
import dev.ralph.Orchestrator;
import dev.ralph.OrchestratorBuilder;
import dev.ralph.RetryPolicy;
import dev.ralph.Run;
import dev.ralph.RunResult;
import dev.ralph.RunSpec;
import dev.ralph.RunSpecBuilder;
import dev.ralph.StopReason;
import dev.ralph.WorkspaceException;
import dev.ralph.WorkspaceException.Problem;
import dev.ralph.event.StateEvent;
import dev.ralph.spi.Lease;
import dev.ralph.store.InMemoryStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What one node lacks, or has broken, is that node's trouble and not the end of a run that may move. */
@Tag("integration")
@Tag("linux")
class WorkspaceTroubleTest {

    private static final String BLOCKS_ONCE = """
            echo x >>"$PLAY/count"
            n=$(wc -l <"$PLAY/count" | tr -d ' ')
            echo "$n" >>made
            if [ "$n" = 2 ]; then echo x >>"$PLAY/blocked"; sleep 1000; fi
            """;

    private static final String WORKS = "echo x >>\"$PLAY/count\"; wc -l <\"$PLAY/count\" >made";

    @RegisterExtension
    final Playground play = new Playground();

    private InMemoryStore store = new InMemoryStore(InstantSource.system());

    @BeforeEach
    void makeStoreAndRemote() throws Exception {
        store = play.closing(new InMemoryStore(InstantSource.system()));
        Path project = play.repository("project");
        git(project, "clone", "-q", "--bare", ".", play.file("remote.git").toString());
    }

    @Test
    void aRunWhoseSecretIsGoneIsChargedForItsAttemptAndCanBeCancelled() throws Exception {
        FaultyStore way = new FaultyStore(store);
        Run begun = play.start(
                        node("first", BLOCKS_ONCE, new FaultyWorkspaces()).store(way))
                .submit(task(5).build());
        play.awaitLines("blocked", 1);
        way.cutOff();
        Orchestrator second = play.start(node("second", WORKS, new FaultyWorkspaces().fails(noSecret())));
        Run run = second.find(begun.id()).orElseThrow();
        second.resume(begun.id());

        assertThat(event(run, StateEvent.RunWaiting.class).why()).contains("the secret 'TOKEN' is not there");
        assertThat(run.attempts(2)).extracting(AttemptRecord::status).containsExactly(AttemptStatus.ABANDONED);
        run.cancel();

        assertThat(result(run).reason()).isEqualTo(StopReason.CANCELLED);
    }

    @Test
    void aSecretThatIsGoneBeforeACheckpointIsPublishedIsWaitedFor() throws Exception {
        FaultyWorkspaces workspaces = new FaultyWorkspaces();
        String blocks = WORKS + "\n[ -e go ] || while [ ! -e \"$PLAY/go\" ]; do sleep 0.05; done\n";
        Run run = play.start(node("first", blocks, workspaces)).submit(task(2).build());
        play.awaitLines("count", 1);
        workspaces.fails(noSecret());
        play.directory("go");

        assertThat(event(run, StateEvent.CheckpointFailed.class).message()).contains("'TOKEN'");
        event(run, StateEvent.RunWaiting.class);
        assertThat(run.iterations(0, 10)).hasSize(1);
        workspaces.heal();

        RunResult result = result(run);
        assertThat(result.reason()).as(result.detail()).isEqualTo(StopReason.MAX_ITERATIONS);
    }

    @Test
    void aCloneThatCannotBeOpenedHereIsLeftToOthers() throws Exception {
        WorkspaceException broken = new WorkspaceException(Problem.DAMAGED_REPOSITORY, "this disk is broken");
        Run run = leftHalfWay();

        Orchestrator second = play.start(node("second", WORKS, new FaultyWorkspaces().failsToOpen(broken)));
        second.resume(run.id());
        assertThat(event(run, StateEvent.RunWaiting.class).why()).contains("this disk is broken");
        // Both would only race for the lease.
        second.close(Duration.ZERO);

        assertThat(goneOnWithOnThird(run).reason()).isEqualTo(StopReason.MAX_ITERATIONS);
    }

    @Test
    void aCloneThatBreaksBeforeItIsRestoredIsMadeAnew() throws Exception {
        Run run = leftHalfWay();
        FaultyStore way = new FaultyStore(store);
        Path tree = play.file("clones-second").resolve(run.id().toString()).resolve("tree");
        way.after("workspace_moved", () -> delete(tree));

        Orchestrator second =
                play.start(node("second", WORKS, new FaultyWorkspaces()).store(way));
        RunResult result = result(second.resume(run.id()));

        assertThat(result.reason()).as(result.detail()).isEqualTo(StopReason.MAX_ITERATIONS);
        assertThat(run.events(0, 1000))
                .filteredOn(StateEvent.WorkspaceMoved.class::isInstance)
                .hasSize(2);
    }

    @Test
    void aWorkspaceInUseIsNoDeathOfANode() throws Exception {
        FaultyWorkspaces workspaces = new FaultyWorkspaces()
                .failsOnce(new IllegalStateException("so that the run is taken up without it"))
                .failsOnce(new WorkspaceException(Problem.IN_USE, "in use by somebody else"));

        // A wait that is over before it is written is none.
        Duration longEnough = Duration.ofSeconds(3);
        Run run = play.start(node("first", WORKS, workspaces))
                .submit(task(1).retry(RetryPolicy.DEFAULT.withDelays(longEnough, longEnough))
                        .build());

        assertThat(event(run, StateEvent.RunWaiting.class).why()).contains("in use by somebody else");
        assertThat(result(run).reason()).isEqualTo(StopReason.MAX_ITERATIONS);
        assertThat(run.events(0, 1000))
                .filteredOn(StateEvent.RunTakenUp.class::isInstance)
                .noneMatch(event -> ((StateEvent.RunTakenUp) event).takeover());
    }

    @Test
    void aProviderWithABugEndsTheRun() throws Exception {
        FaultyWorkspaces workspaces = new FaultyWorkspaces().fails(new IllegalStateException("a bug"));

        Run run = play.start(node("first", WORKS, workspaces)).submit(task(1).build());

        assertThat(result(run).reason()).isEqualTo(StopReason.INTERNAL_ERROR);
    }

    @Test
    void theLeaseOfARunThatIsOverIsNotKeptWhileItsCloneIsDeleted() throws Exception {
        FaultyStore way = new FaultyStore(store);
        BlockingQueue<Collection<Lease>> renewals = new LinkedBlockingQueue<>();
        way.atRenewal(renewals::add);
        CompletableFuture<Collection<Lease>> meanwhile = new CompletableFuture<>();
        FaultyWorkspaces workspaces = new FaultyWorkspaces().atDiscard(() -> {
            renewals.clear();
            // The first may have been on its way already.
            next(renewals);
            meanwhile.complete(next(renewals));
        });
        String firstBlocks = "if mkdir \"$PLAY/one\"; then echo x >>\"$PLAY/blocked\"; sleep 1000; fi";
        Orchestrator ralph = play.start(node("first", firstBlocks, workspaces).store(way));
        Run other = ralph.submit(task(1).build());
        play.awaitLines("blocked", 1);
        Run run = ralph.submit(task(1).build());

        assertThat(result(run).reason()).isEqualTo(StopReason.MAX_ITERATIONS);
        assertThat(meanwhile.get(BOUND.toSeconds(), TimeUnit.SECONDS))
                .extracting(Lease::run)
                .containsExactly(other.id());
    }

    private static Collection<Lease> next(BlockingQueue<Collection<Lease>> renewals) {
        try {
            Collection<Lease> next = renewals.poll(BOUND.toSeconds(), TimeUnit.SECONDS);
            return Objects.requireNonNull(next, "a renewal");
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A run whose node is closed in its second iteration. */
    private Run leftHalfWay() throws Exception {
        Orchestrator first = play.start(node("first", BLOCKS_ONCE, new FaultyWorkspaces()));
        Run run = first.submit(task(2).build());
        play.awaitLines("blocked", 1);
        first.close(Duration.ZERO);
        return run;
    }

    private RunResult goneOnWithOnThird(Run run) throws Exception {
        Orchestrator third = play.start(node("third", WORKS, new FaultyWorkspaces()));
        third.resume(run.id());
        return until(
                () -> third.find(run.id())
                        .orElseThrow()
                        .await(Duration.ofMillis(50))
                        .orElse(null),
                "the run is at its end");
    }

    private static ConfigurationException noSecret() {
        return new ConfigurationException("the secret 'TOKEN' is not there; set it in the environment");
    }

    private OrchestratorBuilder node(String name, String script, FaultyWorkspaces workspaces) {
        return play.orchestrator(script)
                .store(store)
                .node(name)
                .workspace(workspaces)
                .leases(Duration.ofSeconds(3), Duration.ofSeconds(1))
                .property("RALPH_WORKSPACES", play.file("clones-" + name).toString());
    }

    private RunSpecBuilder task(int iterations) {
        return quick(RunSpec.prompt("Do the task")
                        .workspace(FaultyWorkspaces.of(play.file("remote.git").toString()))
                        .agent("scripted"))
                .checkpoints(CheckpointPolicy.EVERY_ITERATION)
                .limits(Limits.builder().maxIterations(iterations).build());
    }

    private static void delete(Path tree) {
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
