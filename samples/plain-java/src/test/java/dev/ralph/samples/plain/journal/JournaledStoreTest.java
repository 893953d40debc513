/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ralph.BudgetLimit;
import dev.ralph.ConfigurationException;
import dev.ralph.IterationRecord;
import dev.ralph.RunId;
import dev.ralph.RunQuery;
import dev.ralph.StoreException;
import dev.ralph.StoreUnavailableException;
import dev.ralph.spi.Claim;
import dev.ralph.spi.Command;
import dev.ralph.spi.Lease;
import dev.ralph.spi.NewRun;
import dev.ralph.spi.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournaledStoreTest {

    private final AtomicReference<Instant> now = new AtomicReference<>(Runs.NOW);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path temp;

    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @BeforeEach
    void nameTheFolder() {
        folder = temp.resolve("a folder").resolve("runs");
    }

    @Test
    void aLaterProcessGoesOnWhereTheFirstStopped() {
        NewRun run = Runs.newRun("task");
        try (Store first = open()) {
            first.create(run);
            Lease lease = Runs.claim(first, run.id(), "first");
            Runs.step(first, lease, 0);
            first.release(lease);
        }

        try (Store second = open()) {
            assertThat(second.findByTask("task")).isPresent();
            Runs.step(second, Runs.claim(second, run.id(), "second"), 1);
            assertThat(iterations(second, run.id())).containsExactly(1, 2);
        }
    }

    @Test
    void aTaskIdIsKnownToALaterProcess() {
        NewRun run = Runs.newRun("task");
        try (Store first = open()) {
            first.create(run);
        }
        try (Store second = open()) {
            var again = second.create(Runs.newRun("task"));
            assertThat(again.created()).isFalse();
            assertThat(again.run().snapshot().id()).isEqualTo(run.id());
        }
    }

    @Test
    void aTornLastLineIsNothingThatHappened() throws IOException {
        NewRun run = createWithOneStep();
        Path journal = journal(run.id());
        long whole = Files.size(journal);
        String torn = "{\"op\":\"commit\",\"at\":\"2026-0";
        Files.writeString(journal, torn, StandardOpenOption.APPEND);

        try (Store store = open()) {
            assertThat(iterations(store, run.id())).containsExactly(1);
            assertThat(journal).hasSize(whole + torn.length());
            Runs.step(store, Runs.claim(store, run.id(), "next"), 1);
            assertThat(iterations(store, run.id())).containsExactly(1, 2);
        }
        try (Store store = open()) {
            assertThat(iterations(store, run.id())).containsExactly(1, 2);
        }
    }

    @Test
    void everyPrefixOfAJournalCanBeGoneOnWith() throws IOException {
        NewRun run = createWithOneStep();
        byte[] all = Files.readAllBytes(journal(run.id()));
        int firstLine = new String(all, java.nio.charset.StandardCharsets.UTF_8).indexOf('\n') + 1;

        for (int length = firstLine; length <= all.length; length += 7) {
            Files.write(journal(run.id()), java.util.Arrays.copyOf(all, length));
            now.set(Runs.NOW.plusSeconds(60));
            try (Store store = open()) {
                int recorded = iterations(store, run.id()).size();
                Runs.step(store, Runs.claim(store, run.id(), "next"), recorded);
                assertThat(iterations(store, run.id()))
                        .as("after %d bytes", length)
                        .hasSize(recorded + 1);
            }
        }
    }

    @Test
    void aDamagedLineInTheMiddleIsAnErrorThatNamesTheFileAndOtherRunsAreListed() throws IOException {
        NewRun run = createWithOneStep();
        NewRun other = createWithOneStep();
        String text = Files.readString(journal(run.id()));
        Files.writeString(journal(run.id()), text.replace("\"op\":\"claim\"", "\"op\":\"cl"));

        try (Store store = open()) {
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> store.find(run.id()))
                    .withMessageContaining(journal(run.id()).toString())
                    .withMessageContaining("damaged at byte");
            assertThat(store.list(RunQuery.NEWEST).items())
                    .extracting(snapshot -> snapshot.id())
                    .contains(other.id());
        }
    }

    @Test
    void aJournalOfANewerFormatIsRefused() throws IOException {
        NewRun run = createWithOneStep();
        String text = Files.readString(journal(run.id()));
        Files.writeString(journal(run.id()), text.replace("\"format\":1", "\"format\":2"));

        try (Store store = open()) {
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> store.find(run.id()))
                    .withMessageContaining("format 2")
                    .withMessageContaining("use a newer one");
        }
    }

    @Test
    void theLeaseOfADeadProcessIsCutShort() {
        NewRun run = Runs.newRun(null);
        try (Store dead = open()) {
            dead.create(run);
            Runs.claim(dead, run.id(), "dead");
        }

        try (Store next = open()) {
            assertThat(next.claim(run.id(), "next", Runs.TTL, Runs.VERSIONS)).isInstanceOf(Claim.Held.class);
            now.set(Runs.NOW.plus(Duration.ofSeconds(3)));
            Claim claim = next.claim(run.id(), "next", Runs.TTL, Runs.VERSIONS);

            assertThat(claim).isInstanceOf(Claim.Granted.class);
            assertThat(((Claim.Granted) claim).lapsed()).isEqualTo(Runs.NOW.plus(Duration.ofSeconds(2)));
        }
    }

    @Test
    void aLeaseThatRanOutLongAgoKeepsItsEnd() {
        NewRun run = Runs.newRun(null);
        try (Store dead = open()) {
            dead.create(run);
            Lease lease = Runs.claim(dead, run.id(), "dead");
            now.set(Runs.NOW.plusSeconds(10));
            dead.renew(List.of(lease), Runs.TTL);
        }
        now.set(Runs.NOW.plus(Duration.ofDays(3)));

        try (Store next = open()) {
            Claim claim = next.claim(run.id(), "next", Runs.TTL, Runs.VERSIONS);

            assertThat(((Claim.Granted) claim).lapsed())
                    .isEqualTo(Runs.NOW.plusSeconds(10).plus(Runs.TTL));
        }
    }

    @Test
    void sharedBudgetsAreRefused() {
        try (Store store = open()) {
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> store.defineBudget(new BudgetLimit("team", 1L, null)))
                    .withMessageContaining("budget 'team' cannot be shared here");
        }
    }

    @Test
    void onlyTheOwnerCanReadWhatHoldsPrompts() throws IOException {
        NewRun run = createWithOneStep();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(journal(run.id()))))
                .isEqualTo("rw-------");
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws IOException {
        Path file = Files.createFile(temp.resolve("file"));

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> new JournaledStore(file.resolve("runs"), now::get))
                .withMessageContaining(file.resolve("runs").toString())
                .withMessageContaining("RALPH_HOME");
    }

    @Test
    @Tag("linux")
    void whatADiskRefusedIsWrittenOnceItHasRoom() throws IOException {
        NewRun run = Runs.newRun(null);
        try (Store store = open()) {
            Path journal = folder.resolve(run.id() + ".journal");
            Files.createDirectories(folder);
            Files.createSymbolicLink(journal, Path.of("/dev/full"));
            assertThatExceptionOfType(StoreUnavailableException.class)
                    .isThrownBy(() -> store.create(run))
                    .withMessageContaining(journal.toString())
                    .withMessageContaining("cannot be written");
            Files.delete(journal);
        }

        try (Store later = open()) {
            assertThat(later.find(run.id())).isPresent();
        }
    }

    @Test
    void commandsOfALaterProcessReachTheRun() {
        NewRun run = createWithOneStep();
        try (Store store = open()) {
            store.append(run.id(), UUID.randomUUID(), new Command.Guide("look at the tests"));
        }
        try (Store store = open()) {
            assertThat(store.commands(run.id(), 0)).hasSize(1);
        }
    }

    private NewRun createWithOneStep() {
        NewRun run = Runs.newRun(null);
        try (Store store = open()) {
            store.create(run);
            Lease lease = Runs.claim(store, run.id(), "first");
            Runs.step(store, lease, 0);
            store.release(lease);
        }
        return run;
    }

    private JournaledStore open() {
        return new JournaledStore(folder, now::get);
    }

    private Path journal(RunId run) {
        return folder.resolve(run + ".journal");
    }

    private static List<Integer> iterations(Store store, RunId run) {
        return store.iterations(run, 0, 100).stream()
                .map(IterationRecord::iteration)
                .toList();
    }
}
