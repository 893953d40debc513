/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What keeps a worker from joining is one line on standard error that says what to do. */
@Tag("integration")
class WorkerRefusalsTest {

    private static final String[] SUBMIT = {"submit", "--prompt", "x", "--", "true"};

    @SuppressWarnings("NullAway.Init")
    private static Postgres server;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private RalphProcess.Setup ralph;

    @BeforeAll
    static void start() throws Exception {
        server = new Postgres();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @BeforeEach
    void create() {
        ralph = new RalphProcess.Setup(folder, folder.resolve("home"));
    }

    @Test
    void withoutADatabaseNothingIsQueuedAndNoFileIsMade() throws Exception {
        String fix = "no database is named; set DATABASE_URL=postgresql://user:password@host/database";

        assertRefused(ralph.run("worker"), 2, fix);
        assertRefused(ralph.run(SUBMIT), 2, fix);
        assertRefused(ralph.run("resume", "01a20999-34af-7ef3-9b92-7ba6cc4895e8", "--queue"), 2, fix);

        assertThat(folder.resolve("home/runs.mv.db")).doesNotExist();
    }

    @Test
    void anH2DatabaseHasNoQueue() throws Exception {
        ralph.with("DATABASE_URL", "jdbc:h2:file:" + folder.resolve("file"));

        assertRefused(
                ralph.run("worker"), 2, "names an H2 database, which has no queue; set DATABASE_URL=postgresql://");
        assertThat(folder.resolve("file.mv.db")).doesNotExist();
    }

    @Test
    void aWrongPasswordAMissingUserAndAMissingDatabaseAreToldApartFromAServerThatIsAway() throws Exception {
        String database = server.empty();
        server.in(database, "CREATE ROLE locked LOGIN PASSWORD 'right'");
        server.requirePassword("locked");
        String name = database.substring(database.lastIndexOf('/'));
        String address = "localhost:" + server.port();

        var password = ralph.with("DATABASE_URL", "postgresql://locked:wr0ng-s3cret@" + address + name)
                .run("worker");
        assertRefused(password, 2, address + name + " does not let this user in");
        assertThat(password.all()).contains("correct the user, the password").doesNotContain("wr0ng-s3cret");
        assertRefused(
                ralph.with("DATABASE_URL", "postgresql://nobody@" + address + name)
                        .run("worker"),
                2,
                "correct the user");
        assertRefused(
                ralph.with("DATABASE_URL", "postgresql://postgres@" + address + "/nowhere")
                        .run("worker"),
                2,
                "/nowhere does not let this user in or does not exist");
        assertRefused(
                ralph.with("DATABASE_URL", "postgresql://postgres@localhost:1/postgres")
                        .run("worker"),
                1,
                "localhost:1/postgres cannot be reached");
        assertRefused(ralph.with("DATABASE_URL", "mysql://localhost/x").run("worker"), 2, "write postgresql://");
    }

    @Test
    void aSchemaThatIsMissingOrTooNewIsSaid() throws Exception {
        String database = server.empty();
        ralph.with("DATABASE_URL", database).with("RALPH_STORE_MIGRATIONS", "validate");
        assertRefused(ralph.run("worker"), 2, "has no schema of Ralph; open the store once with");

        String newer = server.migrated(folder);
        server.in(newer, "INSERT INTO ralph.schema_needs (oldest_node) VALUES (9999)");
        ralph.with("DATABASE_URL", newer);
        assertRefused(ralph.run("worker"), 2, "made by a newer version of Ralph", "update this node");
    }

    @Test
    void valuesThatCannotBeAreNamed() throws Exception {
        ralph.with("DATABASE_URL", "postgresql://postgres@localhost:1/postgres");

        assertRefused(ralph.run("worker", "--parallel", "0"), 2, "--parallel", "0", "1 or more");
        assertRefused(ralph.run("worker", "--drain-timeout", "500ms"), 2, "--drain-timeout", "500ms", "1s or longer");
        assertThat(ralph.here("worker", "--parallel", "many").err()).contains("--parallel", "many");
        assertThat(ralph.here("worker", "--drain-timeout", "30").err()).contains("'30' is not a time", "90s");
        assertThat(ralph.here("submit", "--prompt", "x", "--delay", "soon").err())
                .contains("'soon' is not a time");
        var priority = ralph.here("submit", "--dry-run", "--prompt", "x", "--priority", "1001", "--", "true");
        assertThat(priority.code()).isEqualTo(2);
        assertThat(priority.err()).contains("priority", "1001");
        assertThat(ralph.here("submit", "--prompt", "x", "true").err()).contains("must follow --");
    }

    private static void assertRefused(RalphProcess.Ended end, int code, String... said) {
        assertThat(end.code()).as(end.all()).isEqualTo(code);
        assertThat(end.err()).startsWith("ralph: ").contains(said).hasLineCount(1);
        assertThat(end.out()).isEmpty();
    }
}
