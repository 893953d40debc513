/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc.backup;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.Actor;
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
import dev.ralph.audit.AuditVerification;
import dev.ralph.spi.Gate;
import dev.ralph.spi.Secret;
import dev.ralph.store.jdbc.AuditConfig;
import dev.ralph.store.jdbc.AuditKeys;
import dev.ralph.store.jdbc.JdbcStore;
import dev.ralph.store.jdbc.MigrationMode;
import dev.ralph.store.jdbc.Sealing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
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
    void noByteOfASubjectIsLeftAndCostsAndTrailAreAsTheyWere() throws Exception {
        try (JdbcStore store = JdbcStore.builder()
                        .url(SERVER.server().url(database))
                        .pool(1, 5)
                        .migrations(MigrationMode.NONE)
                        .audit(AuditConfig.DEFAULT.withKeys(AuditKeys.of(KEY)))
                        .encryption(Sealing.keys("a"))
                        .build();
                FileArtifactStore artifacts = new FileArtifactStore(folder.resolve("artifacts"));
                Orchestrator ralph = Orchestrator.builder()
                        .store(store)
                        .artifacts(artifacts)
                        .agent(CommandAgent.builder("clerk")
                                .command("sh", "-c", "cat > noted; echo " + CANARY + "; echo LOOP_COMPLETE")
                                .build())
                        .build()) {
            Orchestrator subjects = ralph.as(Actor.of(SUBJECT).from(ADDRESS).with("note", CANARY));
            RunResult result = subjects.run(RunSpec.prompt("Do what the " + CANARY + " says")
                    .subject(SUBJECT)
                    .label("for", SUBJECT)
                    .taskId("task of " + SUBJECT)
                    .workspace(workspace)
                    .agent("clerk")
                    .gate(Gate.command("grep", "-q", CANARY, "noted"))
                    .limits(Limits.builder().maxIterations(3).build())
                    .checkpoints(CheckpointPolicy.EVERY_ITERATION)
                    .build());
            assertThat(result.completed()).isTrue();
            RunId run = result.id();
            var costs = ralph.costs(CostQuery.ALL);
            String before = dump();
            assertThat(before).as("what is searched by is in clear").contains(SUBJECT);
            assertThat(before).doesNotContain(CANARY).doesNotContain(ADDRESS);
            assertThat(refs()).contains(run.toString());
            assertThat(git("grep", CANARY, lastCheckpoint())).contains(CANARY);

            Erasure erased = ralph.as(Actor.of("officer")).privacy().erase(SUBJECT);

            assertThat(erased.runs()).isEqualTo(1);
            assertThat(erased.unreached()).isEmpty();
            assertThat(refs()).isEmpty();
            Files.delete(workspace.resolve("noted"));
            git("reflog", "expire", "--expire=now", "--all");
            git("gc", "-q", "--prune=now");
            assertThat(objects()).contains("of the project").doesNotContain(CANARY);
            assertThat(dump())
                    .doesNotContain(CANARY)
                    .doesNotContain(ADDRESS)
                    .satisfies(after -> assertThat(withoutPrincipals(after)).doesNotContain(SUBJECT));
            assertThat(files(folder.resolve("artifacts")))
                    .noneMatch(file ->
                            read(file).contains(CANARY) || file.toString().contains(run.toString()));
            assertThat(ralph.costs(CostQuery.ALL)).isEqualTo(costs);
            store.maintain();
            assertThat(store.audit().orElseThrow().verify().status()).isEqualTo(AuditVerification.Status.VERIFIED);
            assertThat(ralph.find(run)).isEmpty();
        }
    }

    /** Whom the trail names as acting is for the host to choose; docs/privacy.md says that it stays. */
    private static String withoutPrincipals(String dump) {
        return dump.replace("\t" + SUBJECT + "\trun.submit\t", "\t\t");
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

    private static String read(Path file) {
        try {
            return Files.readString(file, ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
