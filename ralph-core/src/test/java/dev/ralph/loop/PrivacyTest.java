/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.loop;

import static dev.ralph.loop.Playground.git;
import static dev.ralph.loop.Playground.result;
import static dev.ralph.loop.Playground.task;
import static dev.ralph.loop.Playground.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.ralph.Actor;
import dev.ralph.ArtifactException;
import dev.ralph.CheckpointPolicy;
import dev.ralph.CostQuery;
import dev.ralph.CostSum;
import dev.ralph.Erasure;
import dev.ralph.InvalidValueException;
import dev.ralph.Orchestrator;
import dev.ralph.OrchestratorBuilder;
import dev.ralph.Purge;
import dev.ralph.RetryPolicy;
import dev.ralph.Run;
import dev.ralph.RunId;
import dev.ralph.RunNotFoundException;
import dev.ralph.RunQuery;
import dev.ralph.RunSnapshot;
import dev.ralph.RunStateException;
import dev.ralph.RunStatus;
import dev.ralph.StopReason;
import dev.ralph.StoreException;
import dev.ralph.Unreached;
import dev.ralph.artifact.FileArtifactStore;
import dev.ralph.audit.AuditActions;
import dev.ralph.audit.AuditEntry;
import dev.ralph.audit.AuditLog;
import dev.ralph.audit.AuditQuery;
import dev.ralph.audit.AuditRecord;
import dev.ralph.spi.ArtifactId;
import dev.ralph.spi.ArtifactStore;
import dev.ralph.spi.ArtifactWriter;
import dev.ralph.spi.Claim;
import dev.ralph.spi.Command;
import dev.ralph.spi.Gate;
import dev.ralph.spi.StoredArtifact;
import dev.ralph.store.InMemoryStore;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

/** A subject is erased wherever this node reaches, and what it does not reach is said. */
class PrivacyTest {

    private static final String SUBJECT = "subject-4711";
    private static final Actor OFFICER = Actor.of("officer");

    @RegisterExtension
    final Playground play = new Playground();

    private InMemoryStore store = new InMemoryStore(InstantSource.system());
    private FaultyStore way = new FaultyStore(store);

    @BeforeEach
    void makeStore() {
        store = play.closing(new InMemoryStore(InstantSource.system()));
        way = new FaultyStore(store);
    }

    @Test
    void outputsCheckpointsAndRecordsOfASubjectGoAndItsCostsStay() throws Exception {
        FileArtifactStore files = files();
        Orchestrator ralph = play.start(node().artifacts(files));
        Path repository = play.repository("repo");
        Run run = ended(ralph, SUBJECT, repository);
        Run other = ended(ralph, "somebody-else", play.repository("other"));
        List<CostSum> costs = ralph.costs(CostQuery.ALL);

        Erasure erasure = ralph.as(OFFICER).privacy().erase(SUBJECT);

        assertThat(erasure).isEqualTo(new Erasure(1, 2, 2, List.of()));
        assertThat(files.list(run.id())).isEmpty();
        assertThat(git(repository, "for-each-ref", "refs/ralph")).isEmpty();
        assertThat(ralph.find(run.id())).isEmpty();
        assertThatExceptionOfType(RunNotFoundException.class).isThrownBy(run::cancel);
        assertThat(ralph.costs(CostQuery.ALL)).isEqualTo(costs);
        assertThat(listed(ralph, run.id()).subject()).isNull();
        assertThat(files.list(other.id())).hasSize(2);
        assertThat(git(play.file("other"), "for-each-ref", "refs/ralph").lines())
                .hasSize(2);
        assertThat(other.iterations(0, 10)).hasSize(1);
    }

    @Test
    void theTrailSaysWhoErasedAndNotWhom() throws Exception {
        Orchestrator ralph = play.start(node().artifacts(files()));
        ended(ralph, SUBJECT, play.repository("repo"));

        ralph.as(OFFICER).privacy().erase(SUBJECT);

        List<AuditEntry> told = told(AuditQuery.NEWEST.withPrincipal("officer"));
        assertThat(told)
                .extracting(entry -> entry.action() + " " + entry.resource() + " " + entry.outcome())
                .containsExactly("subject.erase subject REQUESTED", "subject.erase subject DONE");
        assertThat(told.get(1).details())
                .containsEntry("runs", "1")
                .containsEntry("outputs", "2")
                .containsEntry("checkpoints", "2")
                .containsEntry("unreached", "0");
        StringWriter lines = new StringWriter();
        log().export(AuditQuery.NEWEST, lines);
        assertThat(lines.toString()).doesNotContain(SUBJECT);
    }

    @Test
    void aRunThatHasNotEndedKeepsEverything() throws Exception {
        FileArtifactStore files = files();
        Orchestrator ralph = play.start(node().artifacts(files));
        Path repository = play.repository("repo");
        Run ended = ended(ralph, SUBJECT, repository);
        Run open = ralph.submit(task(play.directory("w"))
                .subject(SUBJECT)
                .startDelay(Duration.ofHours(1))
                .build());

        assertThatExceptionOfType(RunStateException.class)
                .isThrownBy(() -> ralph.as(OFFICER).privacy().erase(SUBJECT))
                .withMessageContaining(open.id().toString())
                .withMessageContaining("cancel");

        assertThat(files.list(ended.id())).hasSize(2);
        assertThat(git(repository, "for-each-ref", "refs/ralph").lines()).hasSize(2);
        assertThat(ended.iterations(0, 10)).hasSize(1);
        assertThat(told(AuditQuery.NEWEST.withPrincipal("officer")))
                .extracting(entry -> entry.action() + " " + entry.outcome())
                .containsExactly("subject.erase REQUESTED", "subject.erase FAILED");
    }

    @Test
    void aDeadLetterThatWasToldToGoOnKeepsEverything() throws Exception {
        FileArtifactStore files = files();
        Orchestrator ralph = play.start(node().artifacts(files));
        Run dead = deadLetter(ralph, play.directory("w"));
        try (ArtifactWriter output = files.create(new ArtifactId(dead.id(), ArtifactId.Kind.ATTEMPT, 1, 1, 1))) {
            output.commit();
        }
        store.append(dead.id(), UUID.randomUUID(), new Command.Retry());

        assertThatExceptionOfType(RunStateException.class)
                .isThrownBy(() -> ralph.privacy().erase(SUBJECT))
                .withMessageContaining(dead.id().toString());
        assertThat(files.list(dead.id())).hasSize(1);

        assertThat(ralph.privacy().purge(Instant.now().plusSeconds(60))).isEqualTo(new Purge(0, 0, 0, List.of()));
        assertThat(files.list(dead.id())).hasSize(1);
        assertThat(store.find(dead.id())).isPresent();
    }

    @Test
    void aRunThatIsToldToGoOnWhileOthersAreErasedKeepsItsOutputs() throws Exception {
        FileArtifactStore files = files();
        AtomicReference<@Nullable Run> dead = new AtomicReference<>();
        Orchestrator ralph = play.start(node().artifacts(
                        new Busy(files, run -> store.append(idOf(dead), UUID.randomUUID(), new Command.Retry()))));
        dead.set(deadLetter(ralph, play.directory("w")));
        try (ArtifactWriter output = files.create(new ArtifactId(idOf(dead), ArtifactId.Kind.ATTEMPT, 1, 1, 1))) {
            output.commit();
        }
        ended(ralph, SUBJECT, play.directory("later"));

        assertThatExceptionOfType(RunStateException.class)
                .isThrownBy(() -> ralph.privacy().erase(SUBJECT))
                .withMessageContaining(idOf(dead).toString());

        assertThat(files.list(idOf(dead))).hasSize(1);
    }

    @Test
    void aRunThatGoesOnAndEndsAgainWhileOthersAreErasedKeepsNoOutputs() throws Exception {
        FileArtifactStore files = files();
        AtomicReference<@Nullable Run> dead = new AtomicReference<>();
        AtomicBoolean retried = new AtomicBoolean();
        Orchestrator ralph = play.start(node().artifacts(new Busy(files, run -> {
            if (!run.equals(idOf(dead)) && retried.compareAndSet(false, true)) {
                Run again = Objects.requireNonNull(dead.get());
                again.retry();
                until(() -> again.snapshot().reason() == StopReason.COMPLETED ? true : null, "the end of the retry");
            }
        })));
        ended(ralph, SUBJECT, play.directory("earlier"));
        dead.set(deadLetter(ralph, play.directory("w")));

        Erasure erasure = ralph.privacy().erase(SUBJECT);

        assertThat(retried).isTrue();
        assertThat(erasure.runs()).isEqualTo(2);
        assertThat(erasure.outputs()).isEqualTo(4);
        assertThat(files.list(idOf(dead))).isEmpty();
    }

    @Test
    void aWorkspaceThatIsGoneIsToldOf() throws Exception {
        Orchestrator ralph = play.start(node().artifacts(files()));
        Path repository = play.repository("repo");
        Run run = ended(ralph, SUBJECT, repository);
        Files.move(repository, play.file("elsewhere"));

        Erasure erasure = ralph.privacy().erase(SUBJECT);

        assertThat(erasure.runs()).isEqualTo(1);
        assertThat(erasure.outputs()).isEqualTo(2);
        assertThat(erasure.checkpoints()).isZero();
        assertThat(erasure.unreached()).singleElement().satisfies(left -> {
            assertThat(left.run()).isEqualTo(run.id());
            assertThat(left.what()).isEqualTo(Unreached.What.CHECKPOINTS);
            assertThat(left.where()).contains(repository.toString()).contains("refs/ralph/" + run.id() + "/");
            assertThat(left.why()).contains("does not exist");
        });
        assertThat(ralph.find(run.id())).isEmpty();
    }

    @Test
    void theLogSaysOfWhichRunSomethingIsLeftAndNotWhere() throws Exception {
        Orchestrator ralph = play.start(node());
        Path repository = play.repository("repo");
        Run run = ended(ralph, SUBJECT, repository);
        Files.move(repository, play.file("elsewhere"));
        Logger log = (Logger) LoggerFactory.getLogger("dev.ralph.internal.engine.Remains");
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        log.addAppender(lines);
        try {
            ralph.privacy().erase(SUBJECT);
        } finally {
            log.detachAppender(lines);
        }

        assertThat(lines.list)
                .singleElement()
                .satisfies(line -> assertThat(line.getFormattedMessage())
                        .contains("CHECKPOINTS", run.id().toString())
                        .doesNotContain(repository.toString())
                        .doesNotContain("refs/"));
    }

    @Test
    void aDirectoryWithoutGitLeavesNothingToLookFor() throws Exception {
        Orchestrator ralph = play.start(node());
        Path directory = play.directory("w");
        ended(ralph, SUBJECT, directory);
        Files.move(directory, play.file("elsewhere"));

        assertThat(ralph.privacy().erase(SUBJECT)).isEqualTo(new Erasure(1, 0, 0, List.of()));
    }

    @Test
    void anotherRepositoryInItsPlaceIsNotTakenForIt() throws Exception {
        Orchestrator ralph = play.start(node());
        Path repository = play.repository("repo");
        ended(ralph, SUBJECT, repository);
        Files.move(repository, play.file("elsewhere"));
        play.repository("repo");

        Erasure erasure = ralph.privacy().erase(SUBJECT);

        assertThat(erasure.checkpoints()).isZero();
        assertThat(erasure.unreached())
                .singleElement()
                .satisfies(left -> assertThat(left.why()).contains("2 checkpoints"));
    }

    @Test
    void outputsOnAnotherNodeAreToldOf() throws Exception {
        Orchestrator first = play.start(node().artifacts(files()));
        Run run = ended(first, SUBJECT, play.directory("w"));
        Orchestrator second = play.start(node().node("second"));

        Erasure erasure = second.privacy().erase(SUBJECT);

        assertThat(erasure.outputs()).isZero();
        assertThat(erasure.unreached()).singleElement().satisfies(left -> {
            assertThat(left.what()).isEqualTo(Unreached.What.OUTPUTS);
            assertThat(left.run()).isEqualTo(run.id());
            assertThat(left.where()).contains("attempt-1-1-e1").contains("gate-1-1-e1");
            assertThat(left.why()).contains("no artifact store");
        });
    }

    @Test
    void anArtifactStoreOfAnotherFolderIsToldOf() throws Exception {
        Orchestrator first = play.start(node().artifacts(files()));
        ended(first, SUBJECT, play.directory("w"));
        Orchestrator second = play.start(
                node().node("second").artifacts(play.closing(new FileArtifactStore(play.file("other-artifacts")))));

        assertThat(second.privacy().erase(SUBJECT).unreached())
                .extracting(Unreached::what)
                .containsExactly(Unreached.What.OUTPUTS);
    }

    @Test
    void anArtifactStoreThatFailsStopsNothing() throws Exception {
        Orchestrator ralph = play.start(node().artifacts(new Stuck(files())));
        Path repository = play.repository("repo");
        Run run = ended(ralph, SUBJECT, repository);

        Erasure erasure = ralph.privacy().erase(SUBJECT);

        assertThat(erasure.runs()).isEqualTo(1);
        assertThat(erasure.outputs()).isZero();
        assertThat(erasure.checkpoints()).isEqualTo(2);
        assertThat(erasure.unreached()).singleElement().satisfies(left -> {
            assertThat(left.what()).isEqualTo(Unreached.What.OUTPUTS);
            assertThat(left.why()).contains("the disk is read-only");
        });
        assertThat(ralph.find(run.id())).isEmpty();
    }

    @Test
    void aRunThatCannotBeReadIsErasedAllTheSame() throws Exception {
        FileArtifactStore files = files();
        Orchestrator ralph = play.start(node().store(way).artifacts(files));
        Run run = ended(ralph, SUBJECT, play.repository("repo"));
        Run other = ended(ralph, SUBJECT, play.repository("other"));
        way.loseKeyOf(run.id());

        Erasure erasure = ralph.privacy().erase(SUBJECT);

        assertThat(erasure.runs()).isEqualTo(2);
        assertThat(erasure.outputs()).isEqualTo(4);
        assertThat(erasure.checkpoints()).isEqualTo(2);
        assertThat(erasure.unreached())
                .extracting(Unreached::run, Unreached::what)
                .containsExactlyInAnyOrder(
                        tuple(run.id(), Unreached.What.OUTPUTS), tuple(run.id(), Unreached.What.CHECKPOINTS));
        assertThat(erasure.unreached())
                .filteredOn(left -> left.what() == Unreached.What.CHECKPOINTS)
                .singleElement()
                .satisfies(left -> assertThat(left.where()).contains("refs/ralph/" + run.id() + "/"));
        assertThat(files.list(run.id())).isEmpty();
        assertThat(store.find(run.id())).isEmpty();
        assertThat(store.find(other.id())).isEmpty();
    }

    @Test
    void anErasureThatWasCutOffIsCompletedByTheNext() throws Exception {
        FileArtifactStore files = files();
        Orchestrator ralph = play.start(node().store(way).artifacts(files));
        Run run = ended(ralph, SUBJECT, play.directory("w"));
        way.beforeErasing(subject -> {
            if (subject.equals(SUBJECT)) {
                way.cutOff();
            }
        });
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> ralph.privacy().erase(SUBJECT));
        assertThat(files.list(run.id())).as("deleted before the store was lost").isEmpty();
        assertThat(store.find(run.id())).isPresent();
        way.heal();
        way.beforeErasing(subject -> {});

        Erasure erasure = ralph.privacy().erase(SUBJECT);

        assertThat(erasure.runs()).isEqualTo(1);
        assertThat(store.find(run.id())).isEmpty();
        assertThat(ralph.privacy().erase(SUBJECT)).isEqualTo(new Erasure(0, 0, 0, List.of()));
    }

    @Test
    void aStoreThatCannotEraseLosesNoOutputs() throws Exception {
        FileArtifactStore files = files();
        Orchestrator ralph = play.start(node().store(way).artifacts(files));
        Run run = ended(ralph, SUBJECT, play.directory("w"));
        way.beforeErasing(subject -> {
            throw new StoreException("this store cannot erase");
        });

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> ralph.privacy().erase(SUBJECT))
                .withMessage("this store cannot erase");

        assertThat(files.list(run.id())).hasSize(2);
    }

    @Test
    void aRunThatComesAndEndsMeanwhileKeepsNoOutputsEither() throws Exception {
        FileArtifactStore files = files();
        AtomicReference<@Nullable Orchestrator> node = new AtomicReference<>();
        AtomicReference<@Nullable Run> late = new AtomicReference<>();
        Orchestrator ralph = play.start(node().artifacts(new Busy(files, run -> {
            if (late.get() == null) {
                late.set(ended(Objects.requireNonNull(node.get()), SUBJECT, play.directory("late")));
            }
        })));
        node.set(ralph);
        ended(ralph, SUBJECT, play.directory("w"));

        Erasure erasure = ralph.privacy().erase(SUBJECT);

        RunId came = Objects.requireNonNull(late.get()).id();
        assertThat(erasure.runs()).isEqualTo(2);
        assertThat(erasure.outputs()).isEqualTo(4);
        assertThat(files.list(came)).isEmpty();
        assertThat(store.find(came)).isEmpty();
    }

    @Test
    void aSubjectHasAName() {
        Orchestrator ralph = play.start(node());

        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> ralph.privacy().erase(" "))
                .withMessageContaining("subject");
    }

    @Test
    void whatEndedLongAgoIsPurged() throws Exception {
        FileArtifactStore files = files();
        Orchestrator ralph = play.start(node().artifacts(files));
        Path repository = play.repository("repo");
        Run old = ended(ralph, SUBJECT, repository);
        Run gone = ended(ralph, null, play.repository("gone"));
        Files.move(play.file("gone"), play.file("elsewhere"));
        Instant now = Objects.requireNonNull(gone.snapshot().completedAt()).plusNanos(1_000);
        Run recent = ended(ralph, SUBJECT, play.directory("w"));

        Purge purge = ralph.as(OFFICER).privacy().purge(now);

        assertThat(purge.runs()).isEqualTo(2);
        assertThat(purge.outputs()).isEqualTo(4);
        assertThat(purge.checkpoints()).isEqualTo(2);
        assertThat(purge.unreached()).extracting(Unreached::run).containsExactly(gone.id());
        assertThat(git(repository, "for-each-ref", "refs/ralph")).isEmpty();
        assertThat(ralph.list(RunQuery.NEWEST).items())
                .extracting(RunSnapshot::id)
                .containsExactly(recent.id());
        assertThat(files.list(old.id())).isEmpty();
        assertThat(files.list(recent.id())).hasSize(2);
        List<AuditEntry> told = told(AuditQuery.NEWEST.withPrincipal("officer"));
        assertThat(told)
                .extracting(entry -> entry.action() + " " + entry.outcome())
                .containsExactly(AuditActions.PURGE + " REQUESTED", AuditActions.PURGE + " DONE");
        assertThat(told.get(1).details()).containsEntry("runs", "2").containsEntry("ended_before", now.toString());
    }

    @Test
    void aDeadLetterThatIsToldToGoOnJustBeforeTheStorePurgesKeepsItsOutputs() throws Exception {
        FileArtifactStore files = files();
        Orchestrator ralph = play.start(node().store(way).artifacts(files));
        Run dead = deadLetter(ralph, play.directory("w"));
        try (ArtifactWriter output = files.create(new ArtifactId(dead.id(), ArtifactId.Kind.ATTEMPT, 1, 1, 1))) {
            output.commit();
        }
        way.beforePurging(endedBefore -> {
            if (endedBefore.isAfter(Instant.EPOCH)) {
                store.append(dead.id(), UUID.randomUUID(), new Command.Retry());
            }
        });

        Purge purge = ralph.privacy().purge(Instant.now().plusSeconds(60));

        assertThat(purge).isEqualTo(new Purge(0, 0, 0, List.of()));
        assertThat(store.find(dead.id())).isPresent();
        assertThat(files.list(dead.id())).hasSize(1);
    }

    @Test
    void aDeadLetterIsPurgedWithItsOutputsAndCheckpoints() throws Exception {
        FileArtifactStore files = files();
        String script = "echo made | tee made; echo x >>$PLAY/began; until [ -e $PLAY/go ]; do sleep 0.05; done";
        Orchestrator ralph = play.start(play.orchestrator(script).store(store).artifacts(files));
        Path repository = play.repository("repo");
        Run run = ralph.submit(task(repository)
                .checkpoints(CheckpointPolicy.EVERY_ITERATION)
                .retry(RetryPolicy.DEFAULT.withMaxTakeovers(1))
                .build());
        play.awaitLines("began", 1);
        run.pause();
        Files.createFile(play.file("go"));
        until(() -> run.snapshot().status() == RunStatus.PAUSED ? true : null, "it is paused");
        giveUp(ralph, run);
        assertThat(files.list(run.id())).hasSize(1);
        int checkpoints =
                (int) git(repository, "for-each-ref", "refs/ralph").lines().count();
        assertThat(checkpoints).isPositive();

        Purge purge = ralph.privacy().purge(Instant.now().plusSeconds(60));

        assertThat(purge).isEqualTo(new Purge(1, 1, checkpoints, List.of()));
        assertThat(store.find(run.id())).isEmpty();
        assertThat(files.list(run.id())).isEmpty();
        assertThat(git(repository, "for-each-ref", "refs/ralph")).isEmpty();
    }

    private OrchestratorBuilder node() {
        return play.orchestrator("echo made >made; echo LOOP_COMPLETE").store(store);
    }

    /** One with two outputs and, in a repository, two checkpoints. */
    private static Run ended(Orchestrator ralph, @Nullable String subject, Path workspace) throws Exception {
        Run run = ralph.submit(task(workspace)
                .subject(subject)
                .checkpoints(CheckpointPolicy.EVERY_ITERATION)
                .gate(Gate.command("echo", "fine"))
                .build());
        result(run);
        return run;
    }

    /** One that was given up before its first attempt. */
    private Run deadLetter(Orchestrator ralph, Path workspace) {
        Run run = ralph.submit(task(workspace)
                .subject(SUBJECT)
                .startDelay(Duration.ofDays(1))
                .retry(RetryPolicy.DEFAULT.withMaxTakeovers(1))
                .gate(Gate.command("echo", "fine"))
                .build());
        giveUp(ralph, run);
        return run;
    }

    /** Its next owner dies, and that is one too many. */
    private void giveUp(Orchestrator ralph, Run run) {
        until(
                () -> store.claim(run.id(), "dies", Duration.ofMillis(1), Set.of(1)) instanceof Claim.Granted
                        ? true
                        : null,
                "somebody takes it");
        until(
                () -> store.claim(run.id(), "looks", Duration.ofMillis(1), Set.of()) instanceof Claim.Held
                        ? null
                        : true,
                "its lease runs out");
        ralph.resume(run.id());
        until(() -> run.snapshot().reason() == StopReason.DEAD_LETTERED ? true : null, "it is given up");
    }

    private static RunId idOf(AtomicReference<@Nullable Run> run) {
        return Objects.requireNonNull(run.get()).id();
    }

    private FileArtifactStore files() {
        return play.closing(new FileArtifactStore(play.file("artifacts")));
    }

    private static RunSnapshot listed(Orchestrator ralph, RunId id) {
        return ralph.list(RunQuery.NEWEST).items().stream()
                .filter(run -> run.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private AuditLog log() {
        return store.audit().orElseThrow();
    }

    private List<AuditEntry> told(AuditQuery query) {
        return log().list(query.withOldestFirst()).items().stream()
                .map(AuditRecord::entry)
                .toList();
    }

    private static class Forwarding implements ArtifactStore {

        private final ArtifactStore store;

        Forwarding(ArtifactStore store) {
            this.store = store;
        }

        @Override
        public ArtifactWriter create(ArtifactId id) {
            return store.create(id);
        }

        @Override
        public Optional<InputStream> open(ArtifactId id) {
            return store.open(id);
        }

        @Override
        public List<StoredArtifact> list(RunId run) {
            return store.list(run);
        }

        @Override
        public int delete(RunId run) {
            return store.delete(run);
        }

        @Override
        public int purge(Instant before) {
            return store.purge(before);
        }

        @Override
        public int maintain() {
            return store.maintain();
        }

        @Override
        public void close() {
            store.close();
        }
    }

    /** Deletes nothing. */
    private static final class Stuck extends Forwarding {

        Stuck(ArtifactStore store) {
            super(store);
        }

        @Override
        public int delete(RunId run) {
            throw new ArtifactException("the disk is read-only");
        }
    }

    /** While it deletes, something else happens. */
    private static final class Busy extends Forwarding {

        private final Meanwhile meanwhile;

        Busy(ArtifactStore store, Meanwhile meanwhile) {
            super(store);
            this.meanwhile = meanwhile;
        }

        @Override
        public int delete(RunId run) {
            try {
                meanwhile.happens(run);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            return super.delete(run);
        }
    }

    private interface Meanwhile {
        void happens(RunId deleted) throws Exception;
    }
}
