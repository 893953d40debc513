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
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ralph.AttemptRecord;
import dev.ralph.AttemptStatus;
import dev.ralph.CheckpointPolicy;
import dev.ralph.CheckpointRecord;
import dev.ralph.ConfigurationException;
import dev.ralph.Erasure;
import dev.ralph.InvalidValueException;
import dev.ralph.IterationRecord;
import dev.ralph.Limits;
import dev.ralph.Orchestrator;
import dev.ralph.OrchestratorBuilder;
import dev.ralph.RetryPolicy;
import dev.ralph.Run;
import dev.ralph.RunResult;
import dev.ralph.RunSpec;
import dev.ralph.RunSpecBuilder;
import dev.ralph.RunStatus;
import dev.ralph.StopReason;
import dev.ralph.Unreached;
import dev.ralph.WorkspaceException;
import dev.ralph.WorkspaceRef;
import dev.ralph.event.StateEvent;
import dev.ralph.spi.Gate;
import dev.ralph.store.InMemoryStore;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Runs on a git remote: two nodes that share a store and the remote, and no folder. */
@Tag("integration")
@Tag("linux")
class MovingWorkspaceTest {

    /** The first iteration commits on a branch and leaves a file; the second blocks half-way, once. */
    private static final String BLOCKS_HALF_WAY = """
            [ ! -e half ] || echo x >>"$PLAY/saw-half"
            echo x >>"$PLAY/count"
            n=$(wc -l <"$PLAY/count" | tr -d ' ')
            git symbolic-ref --short HEAD >>"$PLAY/branches"
            git log --format=%s >"$PLAY/log"
            if [ "$n" = 1 ]; then
              git checkout -q -b work
              echo committed >committed
              git add committed
              git -c user.name=Agent -c user.email=agent@localhost commit -q -m 'by the agent'
            fi
            echo "$n" >>whole
            if [ "$n" = 2 ]; then touch half; echo x >>"$PLAY/blocked"; sleep 1000; fi
            """;

    private static final String COUNTS = """
            echo x >>"$PLAY/count"
            wc -l <"$PLAY/count" | tr -d ' ' >>made
            """;

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
    void aRunGoesOnOnANodeThatHasNeverSeenIt() throws Exception {
        Orchestrator first = play.start(node("first", BLOCKS_HALF_WAY));
        Run run = first.submit(task(2).build());
        play.awaitLines("blocked", 1);
        first.close(Duration.ZERO);
        assertThat(clones("first")).as("left behind").hasSize(1);

        Orchestrator second = play.start(node("second", BLOCKS_HALF_WAY));
        RunResult result = result(second.resume(run.id()));

        assertThat(result.reason()).isEqualTo(StopReason.MAX_ITERATIONS);
        assertThat(play.lines("saw-half")).isEmpty();
        assertThat(play.lines("branches")).containsExactly("main", "work", "work");
        assertThat(play.lines("log")).containsExactly("by the agent", "first");
        assertThat(run.attempts(2))
                .extracting(AttemptRecord::status)
                .containsExactly(AttemptStatus.INTERRUPTED, AttemptStatus.SUCCEEDED);
        StateEvent.WorkspaceMoved moved = event(run, StateEvent.WorkspaceMoved.class);
        assertThat(moved.checkpoint()).isEqualTo(1);
        assertThat(moved.lostIteration()).isZero();
        assertThat(event(run, StateEvent.WorkspaceRestored.class).number()).isEqualTo(1);
        CheckpointRecord last = last(run);
        assertThat(last.iteration()).isEqualTo(2);
        assertThat(remote("show", last.ref() + ":whole")).isEqualTo("1\n3\n");
        assertThat(remote("log", "-1", "--format=%s", last.commit() + "^2").strip())
                .as("the branch is a parent")
                .isEqualTo("by the agent");
        assertThat(remote("for-each-ref", "--format=%(refname)", "refs/heads").strip())
                .as("no branch of the remote is written")
                .isEqualTo("refs/heads/main");
        awaitNoClones("second");
    }

    @Test
    void onTheSameNodeHalfDoneEditsStay() throws Exception {
        Orchestrator first = play.start(node("first", BLOCKS_HALF_WAY));
        Run run = first.submit(task(2).build());
        play.awaitLines("blocked", 1);
        first.close(Duration.ZERO);

        Orchestrator again = play.start(node("first", BLOCKS_HALF_WAY));

        assertThat(result(again.resume(run.id())).reason()).isEqualTo(StopReason.MAX_ITERATIONS);
        assertThat(play.lines("saw-half")).hasSize(1);
        assertThat(remote("show", last(run).ref() + ":whole")).isEqualTo("1\n2\n3\n");
    }

    @Test
    void anIterationIsRecordedOnlyTogetherWithItsPublishedCheckpoint() throws Exception {
        Orchestrator ralph = play.start(node("first", COUNTS));

        Run run = ralph.submit(task(3).build());
        result(run);

        List<StateEvent> events = run.events(0, 1000);
        for (IterationRecord iteration : run.iterations(0, 10)) {
            int recorded = indexOf(events, iteration.iteration());
            assertThat(events.get(recorded + 1))
                    .as("right after iteration %s", iteration.iteration())
                    .isInstanceOfSatisfying(
                            StateEvent.CheckpointMade.class,
                            made -> assertThat(made.iteration()).isEqualTo(iteration.iteration()));
        }
        for (CheckpointRecord checkpoint : run.checkpoints()) {
            assertThat(remote("rev-parse", checkpoint.ref()).strip()).isEqualTo(checkpoint.commit());
        }
    }

    @Test
    void aClaimIsVerifiedInTheClone() throws Exception {
        Orchestrator ralph = play.start(node("first", "touch done; echo LOOP_COMPLETE"));

        Run run = ralph.submit(task(3).gate(Gate.command("test", "-e", "done")).build());

        assertThat(result(run).reason()).isEqualTo(StopReason.COMPLETED);
    }

    @Test
    void whileTheRemoteIsAwayTheIterationIsPaidForAndNothingIsLaunched() throws Exception {
        String goesAway = COUNTS + """
                if [ "$(wc -l <"$PLAY/count")" = 1 ]; then mv "$PLAY/remote.git" "$PLAY/away.git"; fi
                """;
        Orchestrator ralph = play.start(node("first", goesAway));
        Run run = ralph.submit(task(2).build());

        StateEvent.RunWaiting waits = event(run, StateEvent.RunWaiting.class);
        assertThat(waits.why()).contains("remote.git").contains("cannot be reached");
        assertThat(run.iterations(0, 10)).hasSize(1);
        StateEvent.RunWaiting again = event(run, StateEvent.RunWaiting.class, waits.seq());
        event(run, StateEvent.RunWaiting.class, again.seq());
        assertThat(play.lines("count")).as("nothing was launched meanwhile").hasSize(1);
        Files.move(play.file("away.git"), play.file("remote.git"));

        assertThat(result(run).reason()).isEqualTo(StopReason.MAX_ITERATIONS);
        assertThat(remote("show", last(run).ref() + ":made")).isEqualTo("1\n2\n");
        assertThat(run.events(0, 1000)).noneMatch(StateEvent.WorkspaceMoved.class::isInstance);
    }

    @Test
    void aRemoteThatRefusesPushesIsWaitedFor() throws Exception {
        Path hook = play.file("remote.git").resolve("hooks").resolve("pre-receive");
        Files.createDirectories(hook.getParent());
        Files.writeString(hook, "#!/bin/sh\necho closed for today >&2\nexit 1\n");
        Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxr-xr-x"));
        Orchestrator ralph = play.start(node("first", COUNTS));
        Run run = ralph.submit(task(1).build());

        assertThat(event(run, StateEvent.CheckpointFailed.class).message()).contains("closed for today");
        event(run, StateEvent.RunWaiting.class);
        assertThat(play.lines("count"))
                .as("not even the beginning is published")
                .isEmpty();
        Files.delete(hook);

        assertThat(result(run).reason()).isEqualTo(StopReason.MAX_ITERATIONS);
        assertThat(run.checkpoints()).extracting(CheckpointRecord::number).containsExactly(0, 1);
    }

    @Test
    void ifTheNodeDiesBeforeItCouldPublishAnotherGoesOnAndSaysWhatIsLost() throws Exception {
        String goesAway = COUNTS + """
                if [ "$(wc -l <"$PLAY/count")" = 2 ]; then mv "$PLAY/remote.git" "$PLAY/away.git"; fi
                """;
        Orchestrator first = play.start(node("first", goesAway));
        Run run = first.submit(task(3).build());
        event(run, StateEvent.RunWaiting.class);
        first.close(Duration.ZERO);
        Files.move(play.file("away.git"), play.file("remote.git"));

        Orchestrator second = play.start(node("second", goesAway));
        RunResult result = result(second.resume(run.id()));

        assertThat(result.reason()).isEqualTo(StopReason.MAX_ITERATIONS);
        assertThat(run.iterations(0, 10)).extracting(IterationRecord::iteration).containsExactly(1, 2, 3);
        StateEvent.WorkspaceMoved moved = event(run, StateEvent.WorkspaceMoved.class);
        assertThat(moved.checkpoint()).isEqualTo(1);
        assertThat(moved.lostIteration()).isEqualTo(2);
        assertThat(remote("show", last(run).ref() + ":made")).isEqualTo("1\n3\n");
    }

    @Test
    void theNodeThatHasTheEditsIsGivenTimeToComeBack() throws Exception {
        String goesAway = COUNTS + """
                if [ "$(wc -l <"$PLAY/count")" = 1 ]; then mv "$PLAY/remote.git" "$PLAY/away.git"; fi
                """;
        Orchestrator first = play.start(node("first", goesAway));
        Run run = first.submit(task(2).retry(RetryPolicy.DEFAULT.withDelays(Duration.ofMillis(20), Duration.ofDays(1)))
                .build());
        event(run, StateEvent.RunWaiting.class);
        first.close(Duration.ZERO);
        Files.move(play.file("away.git"), play.file("remote.git"));
        Orchestrator second = play.start(node("second", goesAway));
        second.resume(run.id());

        Orchestrator back = play.start(node("first", goesAway));
        RunResult result = result(back.resume(run.id()));

        assertThat(result.reason()).isEqualTo(StopReason.MAX_ITERATIONS);
        assertThat(run.events(0, 1000)).noneMatch(StateEvent.WorkspaceMoved.class::isInstance);
        assertThat(remote("show", last(run).ref() + ":made")).isEqualTo("1\n2\n");
    }

    @Test
    void aNodeThatCannotReachTheRemoteWaitsForIt() throws Exception {
        Orchestrator first = play.start(node("first", BLOCKS_HALF_WAY));
        Run run = first.submit(task(2).build());
        play.awaitLines("blocked", 1);
        first.close(Duration.ZERO);
        Files.move(play.file("remote.git"), play.file("away.git"));
        Orchestrator second = play.start(node("second", BLOCKS_HALF_WAY));

        second.resume(run.id());
        event(run, StateEvent.RunWaiting.class);
        assertThat(run.snapshot().status()).isIn(RunStatus.WAITING, RunStatus.RUNNING);
        Files.move(play.file("away.git"), play.file("remote.git"));

        assertThat(result(run(second, run)).reason()).isEqualTo(StopReason.MAX_ITERATIONS);
        assertThat(play.lines("saw-half")).isEmpty();
    }

    @Test
    void aNodeThatHasNoRoomForACloneLeavesTheRunToOthers() throws Exception {
        Orchestrator first = play.start(node("first", BLOCKS_HALF_WAY));
        Run run = first.submit(task(2).build());
        play.awaitLines("blocked", 1);
        first.close(Duration.ZERO);
        Files.writeString(play.file("clones-full"), "no folder");

        play.start(node("full", BLOCKS_HALF_WAY)).resume(run.id());
        assertThat(event(run, StateEvent.RunWaiting.class).why()).contains("clones-full");
        Orchestrator third = play.start(node("third", BLOCKS_HALF_WAY));
        third.resume(run.id());

        assertThat(result(run(third, run)).reason()).isEqualTo(StopReason.MAX_ITERATIONS);
    }

    @Test
    void aNodeThatCannotWriteTheRecordAnyMoreHasPublishedNothingThatCounts() throws Exception {
        FaultyStore way = new FaultyStore(store);
        String waits = """
                echo x >>"$PLAY/count"
                n=$(wc -l <"$PLAY/count" | tr -d ' ')
                echo "$n" >>made
                if [ "$n" = 2 ]; then
                  echo x >>"$PLAY/blocked"
                  while [ ! -e "$PLAY/go" ]; do sleep 0.05; done
                fi
                """;
        // Cut off, the node gives up when its lease ends; a commit and a push on a slow machine must fit in before.
        Orchestrator first =
                play.start(node("first", waits).store(way).leases(Duration.ofSeconds(15), Duration.ofSeconds(1)));
        Run run = first.submit(task(2).build());
        play.awaitLines("blocked", 1);
        way.cutOff();
        play.directory("go");
        until(
                () -> remote("for-each-ref", "refs/ralph").lines().count() == 3 ? true : null,
                "the checkpoint that is not recorded");

        Orchestrator second = play.start(node("second", waits));
        second.resume(run.id());

        assertThat(result(run(second, run)).reason()).isEqualTo(StopReason.MAX_ITERATIONS);
        assertThat(run(second, run).attempts(2))
                .extracting(AttemptRecord::status)
                .containsExactly(AttemptStatus.ABANDONED, AttemptStatus.SUCCEEDED);
        assertThat(remote("show", last(run(second, run)).ref() + ":made")).isEqualTo("1\n3\n");
    }

    @Test
    void aRunWhoseCloneIsGoneCanStillBeLookedAtAndIsRolledBackElsewhere() throws Exception {
        Orchestrator ralph = play.start(node("first", COUNTS));
        Run run = ralph.submit(task(2).build());
        result(run);
        awaitNoClones("first");

        assertThat(run.diff(0, 2, 10_000)).contains("+1").contains("+2");
        assertThat(clones("first")).isEmpty();
        assertThatExceptionOfType(WorkspaceException.class)
                .isThrownBy(() -> run.rollback(1))
                .withMessageContaining(run.checkpoints().get(1).ref());
        assertThat(run.deleteCheckpoints()).isEqualTo(3);
        assertThat(remote("for-each-ref", "refs/ralph")).isEmpty();
    }

    @Test
    void erasingReachesTheRemoteAndNamesTheNodesThatMayHaveKeptAClone() throws Exception {
        Orchestrator first = play.start(node("first", BLOCKS_HALF_WAY));
        Run run = first.submit(task(2).subject("subject-1").build());
        play.awaitLines("blocked", 1);
        first.close(Duration.ZERO);
        Orchestrator second = play.start(node("second", BLOCKS_HALF_WAY));
        result(second.resume(run.id()));
        awaitNoClones("second");
        int recorded = run(second, run).checkpoints().size();

        Erasure erasure = second.privacy().erase("subject-1");

        assertThat(erasure.checkpoints()).isGreaterThanOrEqualTo(recorded);
        assertThat(remote("for-each-ref", "refs/ralph")).isEmpty();
        assertThat(clones("second")).isEmpty();
        assertThat(erasure.unreached()).singleElement().satisfies(left -> {
            assertThat(left.what()).isEqualTo(Unreached.What.CLONE);
            assertThat(left.where()).contains("first", run.id().toString()).doesNotContain("second");
        });
        assertThat(second.find(run.id())).isEmpty();
    }

    @Test
    void aRemoteThatCannotBeReachedIsToldOf() throws Exception {
        Orchestrator ralph = play.start(node("first", COUNTS + "echo A=b >.env\n"));
        result(ralph.submit(task(1).subject("subject-1").build()));
        awaitKeptClone("first");
        Files.move(play.file("remote.git"), play.file("away.git"));

        Erasure erasure = ralph.privacy().erase("subject-1");

        assertThat(erasure.runs()).isEqualTo(1);
        assertThat(erasure.unreached()).extracting(Unreached::what).containsExactly(Unreached.What.CHECKPOINTS);
        assertThat(clones("first")).isEmpty();
        assertThat(git(play.file("away.git"), "for-each-ref", "refs/ralph")).isNotEmpty();
    }

    @Test
    void aCloneOfAnotherNodeIsToldOfEvenIfTheRemoteCannotBeReached() throws Exception {
        Orchestrator first = play.start(node("first", COUNTS + "echo A=b >.env\n"));
        result(first.submit(task(1).subject("subject-1").build()));
        awaitKeptClone("first");
        Orchestrator second = play.start(node("second", COUNTS));
        Files.move(play.file("remote.git"), play.file("away.git"));

        Erasure erasure = second.privacy().erase("subject-1");

        assertThat(erasure.unreached())
                .extracting(Unreached::what)
                .containsExactly(Unreached.What.CHECKPOINTS, Unreached.What.CLONE);
        assertThat(erasure.unreached().get(1).where()).contains("first");
        assertThat(clones("second")).isEmpty();
    }

    @Test
    void aCloneThatIsInUseIsToldOf() throws Exception {
        Orchestrator ralph = play.start(node("first", COUNTS + "echo A=b >.env\n"));
        Run run = ralph.submit(task(1).subject("subject-1").build());
        result(run);
        awaitKeptClone("first");

        Erasure erasure;
        try (FileChannel file = FileChannel.open(clones("first").get(0).resolve("lock"), StandardOpenOption.WRITE);
                FileLock inUse = lock(file)) {
            assertThat(inUse.isValid()).isTrue();
            erasure = ralph.privacy().erase("subject-1");
        }

        assertThat(erasure.unreached())
                .extracting(Unreached::what)
                .containsExactly(Unreached.What.CHECKPOINTS, Unreached.What.CLONE);
        assertThat(erasure.unreached().get(1).where())
                .contains("first", run.id().toString());
    }

    @Test
    void aRecordedCheckpointThatIsMissingIsToldOfEvenIfThereIsAnother() throws Exception {
        Orchestrator ralph = play.start(node("first", COUNTS));
        Run run = ralph.submit(task(1).subject("subject-1").build());
        result(run);
        CheckpointRecord last = last(run);
        remote("update-ref", "refs/ralph/" + run.id() + "/unrecorded/1", last.commit());
        remote("update-ref", "-d", last.ref());

        Erasure erasure = ralph.privacy().erase("subject-1");

        assertThat(erasure.checkpoints()).isEqualTo(2);
        assertThat(remote("for-each-ref", "refs/ralph")).isEmpty();
        assertThat(erasure.unreached())
                .singleElement()
                .satisfies(left -> assertThat(left.why()).contains("1 checkpoints"));
    }

    @Test
    void aCloneWhoseContentIsNowhereElseIsKept() throws Exception {
        Orchestrator ralph = play.start(node("first", COUNTS + "mv \"$PLAY/remote.git\" \"$PLAY/away.git\"\n"));
        Run run = ralph.submit(task(5).build());
        event(run, StateEvent.RunWaiting.class);

        run.cancel();

        assertThat(result(run).reason()).isEqualTo(StopReason.CANCELLED);
        assertThat(clones("first")).hasSize(1);
        assertThat(clones("first").get(0).resolve("tree").resolve("made")).hasContent("1");
    }

    @Test
    void aCloneWithFilesThatNoCheckpointHoldsIsKept() throws Exception {
        Orchestrator ralph = play.start(node("first", COUNTS + "echo A=b >.env\n"));
        Run run = ralph.submit(task(1).build());

        assertThat(result(run).reason()).isEqualTo(StopReason.MAX_ITERATIONS);
        awaitKeptClone("first");
        assertThat(clones("first").get(0).resolve("tree").resolve(".env")).hasContent("A=b");
    }

    @Test
    void whatCannotWorkIsRefusedAtSubmission() {
        Orchestrator ralph = play.start(node("first", COUNTS));

        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() ->
                        ralph.submit(task(1).checkpoints(CheckpointPolicy.OFF).build()))
                .withMessageContaining("checkpoints.every")
                .withMessageContaining("must be 1");
        assertThatExceptionOfType(WorkspaceException.class)
                .isThrownBy(() -> ralph.submit(task(1).workspace(
                                WorkspaceRef.git(play.file("nowhere.git").toString()))
                        .build()))
                .withMessageContaining("nowhere.git");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> ralph.submit(
                        task(1).workspace(new WorkspaceRef("gti", Map.of())).build()))
                .withMessageContaining("'gti'")
                .withMessageContaining("did you mean 'git'");
    }

    private OrchestratorBuilder node(String name, String script) {
        return play.orchestrator(script)
                .store(store)
                .node(name)
                .leases(Duration.ofSeconds(3), Duration.ofSeconds(1))
                .property("RALPH_WORKSPACES", play.file("clones-" + name).toString());
    }

    private RunSpecBuilder task(int iterations) {
        return quick(RunSpec.prompt("Do the task")
                        .workspace(WorkspaceRef.git(play.file("remote.git").toString()))
                        .agent("scripted"))
                .checkpoints(CheckpointPolicy.EVERY_ITERATION)
                .limits(Limits.builder().maxIterations(iterations).build());
    }

    private String remote(String... arguments) throws IOException, InterruptedException {
        return git(play.file("remote.git"), arguments);
    }

    private List<Path> clones(String node) throws IOException {
        Path folder = play.file("clones-" + node);
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (var homes = Files.list(folder)) {
            return homes.toList();
        }
    }

    /** It is published, so nobody needs it. */
    private void awaitNoClones(String node) {
        until(() -> clones(node).isEmpty() ? true : null, "no clone is left on " + node);
    }

    /** Once its node has given it back. */
    private static FileLock lock(FileChannel file) {
        return until(
                () -> {
                    try {
                        return file.tryLock();
                    } catch (OverlappingFileLockException e) {
                        return null;
                    }
                },
                "the clone is given back");
    }

    private void awaitKeptClone(String node) throws IOException {
        Path marker = clones(node).get(0).resolve("marker");
        until(() -> Files.readString(marker).contains("KEPT") ? true : null, "the clone is given up");
    }

    private static Run run(Orchestrator node, Run run) {
        return node.find(run.id()).orElseThrow();
    }

    private static CheckpointRecord last(Run run) {
        List<CheckpointRecord> checkpoints = run.checkpoints();
        return checkpoints.get(checkpoints.size() - 1);
    }

    private static int indexOf(List<StateEvent> events, int iteration) {
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i) instanceof StateEvent.IterationRecorded recorded && recorded.iteration() == iteration) {
                return i;
            }
        }
        throw new AssertionError("iteration " + iteration + " is not recorded, waited " + BOUND);
    }
}
