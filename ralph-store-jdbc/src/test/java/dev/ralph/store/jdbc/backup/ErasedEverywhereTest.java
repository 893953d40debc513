/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc.backup;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ralph.Actor;
import dev.ralph.ArtifactException;
import dev.ralph.CheckpointPolicy;
import dev.ralph.CostQuery;
import dev.ralph.Erasure;
import dev.ralph.Limits;
import dev.ralph.Orchestrator;
import dev.ralph.RunId;
import dev.ralph.RunResult;
import dev.ralph.RunSpec;
import dev.ralph.agent.CommandAgent;
import dev.ralph.artifact.FileArtifactStore;
import dev.ralph.artifact.SealedArtifactStore;
import dev.ralph.audit.AuditVerification;
import dev.ralph.spi.ArtifactId;
import dev.ralph.spi.Gate;
import dev.ralph.spi.Secret;
import dev.ralph.store.jdbc.AuditConfig;
import dev.ralph.store.jdbc.AuditKeys;
import dev.ralph.store.jdbc.JdbcStore;
import dev.ralph.store.jdbc.JdbcStoreBuilder;
import dev.ralph.store.jdbc.MigrationMode;
import dev.ralph.store.jdbc.Sealing;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** After an erasure, no byte of what is about somebody is left: not in a dump, nor in artifacts, nor behind refs. */
@Tag("integration")
@Tag("linux")
@Tag("pgclient")
class ErasedEverywhereTest {

    private static final String CANARY = "c4n4ry";
    private static final String SUBJECT = "person-7a1e";
    private static final String ADDRESS = "203.0.113.99";
    private static final String GZIP = "\u001f\u008b";
    private static final Secret KEY = new Secret("AUDIT_KEY", "a2tra2tra2tra2tra2tra2tra2tra2tra2tra2tra2s=");

    @RegisterExtension
    static final ClientServer SERVER = new ClientServer();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private String database;

    @SuppressWarnings("NullAway.Init")
    private Shell shell;

    @SuppressWarnings("NullAway.Init")
    private Path workspace;

    @BeforeEach
    void prepare() throws Exception {
        database = SERVER.server().migrated();
        shell = new Shell(folder);
        workspace = Files.createDirectories(folder.resolve("work"));
        git("init", "-q", "-b", "main");
        Files.writeString(workspace.resolve("file"), "of the project\n");
        git("add", "file");
        git("-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-q", "-m", "first");
    }

    @AfterEach
    void drop() throws Exception {
        SERVER.server().drop(database);
    }

    @Test
    void noByteOfWhatWasSealedIsLeft() throws Exception {
        try (JdbcStore store = on(database)
                .audit(AuditConfig.DEFAULT.withKeys(AuditKeys.of(KEY)))
                .encryption(Sealing.keys("a"))
                .build()) {
            Path copy = folder.resolve("copy");
            Before before = work(store, Actor.of(SUBJECT).from(ADDRESS).with("note", CANARY));
            assertThat(Sealing.has(before.dump(), CANARY)).isFalse();
            assertThat(Sealing.has(before.dump(), ADDRESS)).isFalse();
            assertThat(before.artifacts()).doesNotContain(CANARY);
            shell.run("cp", "-r", artifacts().toString(), copy.toString()).requireSuccess();
            assertThat(opened(copy, before.run())).contains(CANARY);

            erase(store, before);

            assertThat(Sealing.has(dump(), ADDRESS)).isFalse();
            assertThatExceptionOfType(ArtifactException.class)
                    .isThrownBy(() -> opened(copy, before.run()))
                    .withMessageContaining("was destroyed");
        }
    }

    /** With keys nothing of it could be found before; so this shows that the search finds what is there. */
    @Test
    void noByteOfWhatWasInClearIsLeft() throws Exception {
        try (JdbcStore store = on(database)
                .audit(AuditConfig.DEFAULT.withKeys(AuditKeys.of(KEY)))
                .build()) {
            // What she does herself stays in the trail as it is: nothing can be deleted from it.
            Before before = work(store, Actor.of(SUBJECT));
            assertThat(Sealing.has(before.dump(), CANARY)).isTrue();
            assertThat(before.artifacts()).contains(CANARY);

            erase(store, before);
        }
    }

    /**
     * What there was before an erasure.
     *
     * @param run a run of the subject, which has ended
     * @param dump all rows
     * @param artifacts all full outputs, unpacked where they are not sealed
     */
    private record Before(RunId run, String dump, String artifacts) {}

    /** Works for the subject, with canaries in all that is content. */
    private Before work(JdbcStore store, Actor subject) throws Exception {
        RunResult result;
        try (FileArtifactStore artifacts = new FileArtifactStore(artifacts());
                Orchestrator ralph = ralph(store, artifacts)) {
            result = ralph.as(subject)
                    .run(RunSpec.prompt("Do what the " + CANARY + " says")
                            .subject(SUBJECT)
                            .label("for", SUBJECT)
                            .taskId("task of " + SUBJECT)
                            .workspace(workspace)
                            .agent("clerk")
                            .gate(Gate.command("grep", CANARY, "noted"))
                            .limits(Limits.builder().maxIterations(3).build())
                            .checkpoints(CheckpointPolicy.EVERY_ITERATION)
                            .build());
        }
        assertThat(result.completed()).isTrue();
        assertThat(refs()).contains(result.id().toString());
        assertThat(git("grep", CANARY, lastCheckpoint())).contains(CANARY);
        String dump = dump();
        assertThat(Sealing.has(withoutPrincipals(dump), SUBJECT))
                .as("what is searched by is in clear")
                .isTrue();
        return new Before(result.id(), dump, unpacked(artifacts()));
    }

    /** Erases the subject and requires that nothing is left, and costs and trail are as they were. */
    private void erase(JdbcStore store, Before before) throws Exception {
        try (FileArtifactStore artifacts = new FileArtifactStore(artifacts());
                Orchestrator ralph = ralph(store, artifacts)) {
            var costs = ralph.costs(CostQuery.ALL);

            Erasure erased = ralph.as(Actor.of("officer")).privacy().erase(SUBJECT);

            assertThat(erased.runs()).isEqualTo(1);
            assertThat(erased.unreached()).isEmpty();
            assertThat(refs()).isEmpty();
            Files.delete(workspace.resolve("noted"));
            git("reflog", "expire", "--expire=now", "--all");
            git("gc", "-q", "--prune=now");
            assertThat(objects()).contains("of the project").doesNotContain(CANARY);
            assertThat(Sealing.has(dump(), CANARY)).isFalse();
            assertThat(Sealing.has(withoutPrincipals(dump()), SUBJECT)).isFalse();
            assertThat(unpacked(artifacts())).doesNotContain(CANARY);
            assertThat(files(artifacts()))
                    .noneMatch(file -> file.toString().contains(before.run().toString()));
            assertThat(ralph.costs(CostQuery.ALL)).isEqualTo(costs);
            store.maintain();
            assertThat(store.audit().orElseThrow().verify().status()).isEqualTo(AuditVerification.Status.VERIFIED);
            assertThat(ralph.find(before.run())).isEmpty();
        }
    }

    private static Orchestrator ralph(JdbcStore store, FileArtifactStore artifacts) {
        return Orchestrator.builder()
                .store(store)
                .artifacts(artifacts)
                .agent(CommandAgent.builder("clerk")
                        .command("sh", "-c", "cat > noted; echo " + CANARY + "; echo LOOP_COMPLETE")
                        .build())
                .build();
    }

    private static JdbcStoreBuilder on(String name) {
        return JdbcStore.builder().url(SERVER.server().url(name)).pool(1, 5).migrations(MigrationMode.NONE);
    }

    /** What the first attempt printed, by a copy of its artifact and a store that remembers no key. */
    private String opened(Path copy, RunId run) throws IOException {
        try (JdbcStore fresh = on(database)
                        .audit(AuditConfig.DEFAULT.withKeys(AuditKeys.of(KEY)))
                        .encryption(Sealing.keys("a"))
                        .build();
                SealedArtifactStore copies = new SealedArtifactStore(
                        new FileArtifactStore(copy), fresh.contentSeal().orElseThrow());
                InputStream stored = copies.open(new ArtifactId(run, ArtifactId.Kind.ATTEMPT, 1, 1, 1))
                        .orElseThrow()) {
            return unpacked(stored.readAllBytes());
        }
    }

    /** Whom the trail names as acting is for the host to choose; docs/privacy.md says that it stays. */
    private static String withoutPrincipals(String dump) {
        return dump.replace("\t" + SUBJECT + "\trun.submit\t", "\t\t");
    }

    private Path artifacts() {
        return folder.resolve("artifacts");
    }

    private String dump() throws IOException, InterruptedException {
        Path file = folder.resolve("dump");
        shell.run(
                        "pg_dump",
                        "--file=" + file,
                        "--dbname=postgresql://postgres@localhost:"
                                + SERVER.server().port() + "/" + database)
                .requireSuccess();
        return Files.readString(file);
    }

    /** All that git has, unpacked. */
    private String objects() throws IOException, InterruptedException {
        Path file = folder.resolve("objects");
        shell.run(
                        "sh",
                        "-c",
                        "git -C \"$0\" cat-file --batch-all-objects --batch > \"$1\"",
                        workspace.toString(),
                        file.toString())
                .requireSuccess();
        return read(file);
    }

    private String refs() throws IOException, InterruptedException {
        return git("for-each-ref", "refs/ralph");
    }

    private String lastCheckpoint() throws IOException, InterruptedException {
        return git("for-each-ref", "--sort=-refname", "--count=1", "--format=%(refname)", "refs/ralph")
                .strip();
    }

    private String git(String... arguments) throws IOException, InterruptedException {
        return shell.run(Stream.concat(Stream.of("git", "-C", workspace.toString()), Stream.of(arguments))
                        .toArray(String[]::new))
                .requireSuccess()
                .output();
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static String unpacked(Path folder) throws IOException {
        StringBuilder all = new StringBuilder();
        for (Path file : files(folder)) {
            String text = read(file);
            all.append(text.startsWith(GZIP) ? unpacked(text.getBytes(ISO_8859_1)) : text);
        }
        return all.toString();
    }

    private static String unpacked(byte[] packed) throws IOException {
        return new String(new GZIPInputStream(new ByteArrayInputStream(packed)).readAllBytes(), ISO_8859_1);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
