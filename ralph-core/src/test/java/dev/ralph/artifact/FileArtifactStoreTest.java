/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ralph.ArtifactException;
import dev.ralph.ConfigurationException;
import dev.ralph.InvalidValueException;
import dev.ralph.RunId;
import dev.ralph.spi.ArtifactId;
import dev.ralph.spi.ArtifactWriter;
import dev.ralph.spi.StoredArtifact;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is particular to files; the rest is in the contract kit. */
class FileArtifactStoreTest {

    private static final Instant NOW = Instant.parse("2026-11-25T10:00:00Z");

    @TempDir
    private Path parent;

    @Test
    @Tag("linux")
    void onlyItsUserCanLookIntoIt() throws Exception {
        Path folder = parent.resolve("a/b/artifacts");
        FileArtifactStore store = new FileArtifactStore(folder);
        store(store, id(NOW, 1), "hello");
        ArtifactWriter unfinished = store.create(id(NOW, 2));

        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.toList()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .as(file.toString())
                        .isEqualTo(Files.isDirectory(file) ? "rwx------" : "rw-------");
            }
        }
        unfinished.close();
    }

    @Test
    void anArtifactIsAFileOfItsRunAndItsDay() throws Exception {
        FileArtifactStore store = new FileArtifactStore(parent);
        ArtifactId id = id(NOW, 3);
        store(store, id, "hello");

        assertThat(parent.resolve("2026-11-25").resolve(id.run().toString()).resolve("attempt-3-1-e1.gz"))
                .hasContent("hello");
    }

    @Test
    @Tag("linux")
    void aFolderThatOthersMayWriteToIsRefused() throws Exception {
        Path folder = Files.createDirectory(parent.resolve("open"));
        for (String permissions : List.of("rwxrwx---", "rwx----w-", "rwxrwxrwx")) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(permissions));
            assertThatExceptionOfType(ConfigurationException.class)
                    .as(permissions)
                    .isThrownBy(() -> new FileArtifactStore(folder))
                    .withMessageContaining("others may write")
                    .withMessageContaining("chmod");
        }
    }

    @Test
    void whatIsNoFolderIsRefused() throws Exception {
        Path file = Files.createFile(parent.resolve("file"));

        for (Path folder : List.of(file, file.resolve("below"))) {
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> new FileArtifactStore(folder))
                    .withMessageContaining(folder.toString())
                    .withMessageContaining("RALPH_ARTIFACTS");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1})
    void aRetentionThatKeepsNothingIsRefused(long days) {
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> new FileArtifactStore(parent, Duration.ofDays(days), InstantSource.system()))
                .withMessageContaining("retention");
    }

    @Test
    void theRetentionGoesByTheAgeOfEachArtifact() throws Exception {
        FileArtifactStore store = new FileArtifactStore(parent, Duration.ofDays(30), () -> NOW);
        ArtifactId old = id(NOW.minus(Duration.ofDays(90)), 1);
        ArtifactId recentOfOldRun = new ArtifactId(old.run(), ArtifactId.Kind.ATTEMPT, 2, 1, 1);
        ArtifactId atTheLimit = id(NOW.minus(Duration.ofDays(30)), 1);
        ArtifactId recent = id(NOW, 1);
        ArtifactId ofNoTime = new ArtifactId(
                new RunId(UUID.fromString("00000000-0000-4000-8000-000000000001")), ArtifactId.Kind.GATE, 1, 1, 1);
        for (ArtifactId id : List.of(old, recentOfOldRun, atTheLimit, recent, ofNoTime)) {
            store(store, id, "hello");
        }
        age(old, Duration.ofDays(31));
        age(recentOfOldRun, Duration.ofDays(29));
        age(atTheLimit, Duration.ofDays(30));
        age(recent, Duration.ofDays(0));
        age(ofNoTime, Duration.ofDays(31));

        assertThat(store.maintain()).isEqualTo(2);

        assertThat(ids(store, old.run())).containsExactly(recentOfOldRun);
        assertThat(ids(store, atTheLimit.run())).containsExactly(atTheLimit);
        assertThat(ids(store, recent.run())).containsExactly(recent);
        assertThat(parent.resolve("other")).doesNotExist();
        assertThat(store.maintain()).isZero();
    }

    @Test
    void withoutARetentionNothingIsDeleted() throws Exception {
        FileArtifactStore store = new FileArtifactStore(parent);
        ArtifactId id = id(NOW.minus(Duration.ofDays(4000)), 1);
        store(store, id, "hello");
        age(id, Duration.ofDays(4000));

        assertThat(store.maintain()).isZero();
        assertThat(ids(store, id.run())).containsExactly(id);
    }

    @Test
    void whatOtherProgramsPutThereIsLeftAlone() throws Exception {
        FileArtifactStore store = new FileArtifactStore(parent);
        ArtifactId id = id(NOW, 1);
        store(store, id, "hello");
        Path run = parent.resolve("2026-11-25").resolve(id.run().toString());
        List<Path> foreign = List.of(
                parent.resolve("notes.txt"),
                run.resolve("attempt-1-1-e1.txt"),
                run.resolve("attempt-01-1-e1.gz"),
                run.resolve("attempt-1-1-e1.gz.gz"));
        for (Path file : foreign) {
            Files.createFile(file);
        }
        Files.createDirectories(parent.resolve("2026-11-25").resolve("no-run"));

        assertThat(ids(store, id.run())).containsExactly(id);
        assertThat(store.purge(Instant.now().plus(Duration.ofDays(1)))).isEqualTo(1);
        assertThat(foreign).allMatch(Files::exists);
    }

    @Test
    @Tag("linux")
    void noLinkBelowTheFolderIsFollowed() throws Exception {
        Path outside = Files.createDirectory(parent.resolve("outside"));
        Path folder = parent.resolve("artifacts");
        FileArtifactStore store = new FileArtifactStore(folder);
        ArtifactId id = id(NOW, 1);
        Path secret = Files.writeString(outside.resolve("attempt-1-1-e1.gz"), "secret");
        Path day = Files.createDirectory(folder.resolve("2026-11-25"));
        Files.createSymbolicLink(day.resolve(id.run().toString()), outside);
        ArtifactId linked = id(NOW, 1);
        Path run = Files.createDirectory(day.resolve(linked.run().toString()));
        Files.createSymbolicLink(run.resolve("attempt-1-1-e1.gz"), secret);

        assertThat(ids(store, id.run())).isEmpty();
        assertThat(store.delete(id.run())).isZero();
        assertThatExceptionOfType(ArtifactException.class).isThrownBy(() -> store.open(linked));
        assertThatExceptionOfType(ArtifactException.class).isThrownBy(() -> store.create(linked));
        store.delete(linked.run());
        assertThat(store.purge(Instant.now().plus(Duration.ofDays(1)))).isZero();
        assertThat(secret).hasContent("secret");
    }

    @Test
    void whatADeadWriterLeftIsRemovedWhenTheFolderIsOpenedAndNothingElseIs() throws Exception {
        FileArtifactStore store = new FileArtifactStore(parent);
        Path unfinished = parent.resolve("unfinished");
        Path left = Files.createFile(unfinished.resolve("1-1-left.part"));
        Path justMade = Files.createFile(unfinished.resolve("1-1-just-made.part"));
        Files.setLastModifiedTime(left, FileTime.from(Instant.now().minus(Duration.ofMinutes(2))));
        ArtifactId id = id(NOW, 1);
        ArtifactWriter mine = store.create(id);
        try (Stream<Path> files = Files.list(unfinished)) {
            for (Path file : files.toList()) {
                Files.setLastModifiedTime(
                        file, file.equals(justMade) ? FileTime.from(Instant.now()) : FileTime.fromMillis(0));
            }
        }

        new FileArtifactStore(parent).maintain();

        assertThat(left).doesNotExist();
        assertThat(justMade).exists();
        mine.write("hello".getBytes(StandardCharsets.UTF_8), 0, 5);
        mine.commit();
        mine.close();
        assertThat(ids(store, id.run())).containsExactly(id);
    }

    @Test
    void whatADeadWriterLeftGoesWithTheArtifactsOfARun() throws Exception {
        FileArtifactStore store = new FileArtifactStore(parent, Duration.ofDays(1), InstantSource.fixed(NOW));
        ArtifactId old = id(NOW, 1);
        store(store, old, "kept");
        age(old, Duration.ofDays(2));
        Path left = Files.createFile(parent.resolve("unfinished").resolve("1-1-left.part"));
        Files.setLastModifiedTime(left, FileTime.from(Instant.now().minus(Duration.ofMinutes(2))));
        ArtifactId beingWritten = id(NOW, 2);
        try (ArtifactWriter mine = store.create(beingWritten)) {
            assertThat(store.delete(id(NOW, 3).run())).isZero();
            mine.commit();
        }

        assertThat(left).doesNotExist();
        assertThat(ids(store, old.run())).containsExactly(old);
        assertThat(ids(store, beingWritten.run())).containsExactly(beingWritten);
    }

    @Test
    void aRunFolderThatGoesWhileSomethingIsWrittenComesAgain() throws Exception {
        FileArtifactStore store = new FileArtifactStore(parent);
        ArtifactId first = id(NOW, 1);
        store(store, first, "hello");
        ArtifactId second = new ArtifactId(first.run(), ArtifactId.Kind.ATTEMPT, 2, 1, 1);
        try (ArtifactWriter writer = store.create(second)) {
            writer.write(new byte[] {1}, 0, 1);
            assertThat(store.delete(first.run())).isEqualTo(1);
            assertThat(parent.resolve("2026-11-25")).doesNotExist();
            writer.commit();
        }

        assertThat(ids(store, first.run())).containsExactly(second);
    }

    @Test
    void aFolderThatIsGoneFailsWithWhatToDo() throws Exception {
        Path folder = parent.resolve("artifacts");
        FileArtifactStore store = new FileArtifactStore(folder);
        ArtifactWriter writer = store.create(id(NOW, 1));
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }

        assertThatExceptionOfType(ArtifactException.class)
                .isThrownBy(() -> store.create(id(NOW, 2)))
                .withMessageContaining("attempt-2-1-e1")
                .withMessageContaining("check the folder");
        assertThatExceptionOfType(ArtifactException.class).isThrownBy(writer::commit);
        writer.close();
        assertThat(store.list(id(NOW, 1).run())).isEmpty();
    }

    /** A real file system of one megabyte. */
    @Test
    @Tag("linux")
    @Tag("root")
    void aFullDiskFailsTheArtifactAndLeavesNothingOnIt() throws Exception {
        Path disk = Files.createDirectory(parent.resolve("disk"));
        run("mount", "-t", "tmpfs", "-o", "size=1m,mode=700", "tmpfs", disk.toString());
        try {
            FileArtifactStore store = new FileArtifactStore(disk);
            ArtifactId id = id(NOW, 1);
            try (ArtifactWriter writer = store.create(id)) {
                assertThatExceptionOfType(ArtifactException.class)
                        .isThrownBy(() -> {
                            for (int i = 0; i < 100; i++) {
                                writer.write(new byte[64 * 1024], 0, 64 * 1024);
                            }
                        })
                        .withMessageContaining("No space left");
            }
            assertThat(store.list(id.run())).isEmpty();
            assertThat(Files.getFileStore(disk).getUsableSpace()).isGreaterThan(900_000);
            store(store, id, "there is room again");
            assertThat(ids(store, id.run())).containsExactly(id);
        } finally {
            run("umount", disk.toString());
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor())
                .as(String.join(" ", command))
                .isZero();
    }

    private static ArtifactId id(Instant submitted, int iteration) {
        return new ArtifactId(RunId.create(submitted), ArtifactId.Kind.ATTEMPT, iteration, 1, 1);
    }

    private static void store(FileArtifactStore store, ArtifactId id, String text) throws IOException {
        try (ArtifactWriter writer = store.create(id)) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            writer.write(bytes, 0, bytes.length);
            writer.commit();
        }
        try (InputStream stored = store.open(id).orElseThrow()) {
            assertThat(stored.readAllBytes()).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static List<ArtifactId> ids(FileArtifactStore store, RunId run) {
        return store.list(run).stream().map(StoredArtifact::id).toList();
    }

    private void age(ArtifactId id, Duration age) throws IOException {
        try (Stream<Path> files = Files.walk(parent)) {
            Path file = files.filter(path -> path.endsWith(Path.of(id.run().toString(), id.name() + ".gz")))
                    .findFirst()
                    .orElseThrow();
            Files.setLastModifiedTime(file, FileTime.from(NOW.minus(age)));
        }
    }
}
