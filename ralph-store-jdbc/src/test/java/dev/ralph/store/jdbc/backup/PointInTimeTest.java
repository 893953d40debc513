/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The drill of docs/backup.md: a server that is lost is made anew from its base back-up and its archived log. */
@Tag("scale")
@Tag("linux")
@Tag("pgclient")
@Timeout(300)
class PointInTimeTest {

    private static final Duration SEGMENTS = Duration.ofSeconds(2);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    @SuppressWarnings("SystemOut")
    void aServerThatIsLostAtWorkComesBackAsItWasWhenItsLastSegmentWasArchived() throws Exception {
        String newest = "SELECT extract(epoch FROM max(happened_at)) FROM ralph.events";
        try (ArchivedServer server = ArchivedServer.start(folder, SEGMENTS)) {
            String database = server.server().migrated();
            server.backUpBase();
            double lost;
            try (Host host = host(server, database)) {
                Host.awaitIterations(host.begin("task"), 10);
                server.awaitArchived(2);
                lost = Double.parseDouble(server.query(database, newest));
                server.lose();
            }

            Duration took = server.recover("");
            double point = lost - Double.parseDouble(server.query(database, newest));

            long iterations = count(server, database, "SELECT count(*) FROM ralph.iterations");
            System.out.printf(
                    "drill, server and disk lost at work: recovery time %.1f s, recovery point %.1f s"
                            + " (segments archived every %d s), %d iterations recovered%n",
                    took.toMillis() / 1000.0, point, SEGMENTS.toSeconds(), iterations);
            assertThat(took).isLessThan(Duration.ofMinutes(1));
            assertThat(point).isLessThan(20);
            assertThat(iterations).isGreaterThanOrEqualTo(10);
            requireWhole(server, database);
            server.server().execute(database, Files.readString(Shell.pathOf("after-recovery.sql")));
            try (Host host = host(server, database)) {
                host.finish("task");
            }
            requireWhole(server, database);
        }
    }

    @Test
    @SuppressWarnings("SystemOut")
    void aMistakeIsUndoneByGoingBackToTheMomentBeforeIt() throws Exception {
        String rows =
                "SELECT (SELECT count(*) FROM ralph.events) || ' events, ' || (SELECT count(*) FROM ralph.iterations)"
                        + " || ' iterations, ' || (SELECT count(*) FROM ralph.attempts) || ' attempts'";
        try (ArchivedServer server = ArchivedServer.start(folder, SEGMENTS)) {
            String database = server.server().migrated();
            server.backUpBase();
            try (Host host = host(server, database)) {
                Run run = host.begin("task");
                Host.awaitIterations(run, 5);
                Host.pause(run);
            }
            String before = server.query(database, rows);
            String moment = server.query(database, "SELECT clock_timestamp()");
            server.server().execute(database, "DROP SCHEMA ralph CASCADE");
            server.awaitArchived();
            server.lose();

            Duration took = server.recover("recovery_target_time = '" + moment + "'");

            System.out.printf(
                    "drill, back to the moment before a mistake: recovery time %.1f s, nothing lost that came before it: %s%n",
                    took.toMillis() / 1000.0, before);
            assertThat(took).isLessThan(Duration.ofMinutes(1));
            assertThat(server.query(database, rows)).isEqualTo(before);
            server.server().execute(database, Files.readString(Shell.pathOf("after-recovery.sql")));
            try (Host host = host(server, database)) {
                host.finish("task");
            }
        }
    }

    @Test
    void anArchivedSegmentIsNeverOverwrittenAndOneThatIsAskedForAgainIsLeft() throws Exception {
        Path archive = Files.createDirectory(folder.resolve("archive"));
        Path segment = Files.writeString(folder.resolve("segment"), "one");
        Files.writeString(archive.resolve(".0001.partial"), "half, as a crash leaves it, and longer");
        Shell shell = new Shell(folder);
        String[] arguments = {segment.toString(), "0001", archive.toString()};

        shell.script("archive-wal.sh", arguments).requireSuccess();
        shell.script("archive-wal.sh", arguments).requireSuccess();
        Files.writeString(segment, "another");
        assertThat(shell.script("archive-wal.sh", arguments).requireFailure().output())
                .contains("is another segment");

        assertThat(archive.resolve("0001")).hasContent("one");
        assertThat(archive).isDirectoryNotContaining("glob:**.partial");
    }

    private Host host(ArchivedServer server, String database) {
        return new Host(server.server().url(database), folder.resolve("host"));
    }

    private static long count(ArchivedServer server, String database, String sql) throws SQLException {
        return ClientServer.count(server.server(), database, sql);
    }

    /** What each run's row counts is there: its events, and iterations from 1 on without a gap. */
    private static void requireWhole(ArchivedServer server, String database) throws SQLException {
        for (String mismatches : List.of(
                "SELECT count(*) FROM ralph.orchestrations o"
                        + " WHERE last_event <> (SELECT count(*) FROM ralph.events e WHERE e.run_id = o.id)",
                "SELECT count(*) FROM (SELECT 1 FROM ralph.iterations GROUP BY run_id"
                        + " HAVING max(iteration) <> count(*)) AS gaps")) {
            assertThat(count(server, database, mismatches)).isZero();
        }
    }
}
