/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ralph.store.jdbc.PostgresServer;
import dev.ralph.store.jdbc.fault.Postmaster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;

/** A server whose log is archived, and what is needed to make it anew when its folder is gone. */
final class ArchivedServer implements AutoCloseable {

    private static final Duration BOUND = Duration.ofSeconds(100);

    private final PostgresServer server;
    private final Postmaster postmaster;
    private final Path archive;
    private final Path base;
    private final Shell shell;
    private byte[] options = {};

    private ArchivedServer(PostgresServer server, Path folder) throws SQLException, IOException {
        this.server = server;
        this.postmaster = Postmaster.of(server);
        this.archive = Files.createDirectory(folder.resolve("archive"));
        this.base = folder.resolve("base");
        this.shell = new Shell(folder);
    }

    /**
     * Starts one.
     *
     * @param segments how long a segment that is not full waits to be archived
     */
    static ArchivedServer start(Path folder, Duration segments) throws SQLException, IOException {
        PostgresServer server = ClientServer.start(builder -> builder.setServerConfig("archive_mode", "on")
                .setServerConfig("archive_timeout", segments.toSeconds() + "s"));
        ArchivedServer archived = new ArchivedServer(server, folder);
        server.execute(
                "postgres",
                "ALTER SYSTEM SET archive_command = '\"%s\" \"%%p\" \"%%f\" \"%s\"'"
                        .formatted(Shell.pathOf("archive-wal.sh"), archived.archive));
        server.execute("postgres", "SELECT pg_reload_conf()");
        return archived;
    }

    PostgresServer server() {
        return server;
    }

    void backUpBase() throws IOException, InterruptedException {
        shell.run(
                        "pg_basebackup",
                        "--pgdata=" + base,
                        "--checkpoint=fast",
                        "--dbname=postgresql://postgres@localhost:" + server.port() + "/postgres")
                .requireSuccess();
    }

    /** Waits until all that is committed now is in the archive. */
    void awaitArchived() throws SQLException {
        String segment = query("postgres", "SELECT pg_walfile_name(pg_switch_wal())");
        await("segment " + segment).atMost(BOUND).until(() -> Files.exists(archive.resolve(segment)));
    }

    /** Waits until this many segments more are in the archive. */
    void awaitArchived(int segments) throws SQLException {
        long before = archived();
        await("segments").atMost(BOUND).until(() -> archived() >= before + segments);
    }

    /** The server dies, and its folder is gone. */
    void lose() throws IOException, InterruptedException {
        options = Files.readAllBytes(postmaster.data().resolve("postmaster.opts"));
        postmaster.stopImmediately();
        shell.run("rm", "-r", postmaster.data().toString()).requireSuccess();
    }

    /**
     * Makes it anew from base back-up and archive.
     *
     * @param target a setting that says how far, or nothing
     * @return how long that took
     */
    Duration recover(String target) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        Path data = postmaster.data();
        shell.run("cp", "-a", base.toString(), data.toString()).requireSuccess();
        // What it was started with, which no base back-up holds.
        Files.write(data.resolve("postmaster.opts"), options);
        Files.writeString(
                data.resolve("postgresql.auto.conf"),
                "restore_command = 'cp \"%s/%%f\" \"%%p\"'\nrecovery_target_action = 'promote'\n%s\n"
                        .formatted(archive, target),
                StandardCharsets.UTF_8,
                StandardOpenOption.APPEND);
        Files.createFile(data.resolve("recovery.signal"));
        postmaster.start();
        await("the end of the recovery")
                .atMost(BOUND)
                .until(() -> query("postgres", "SELECT pg_is_in_recovery()").equals("f"));
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    String query(String database, String sql) throws SQLException {
        return ClientServer.query(server, database, sql);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private long archived() throws SQLException {
        long archived = ClientServer.count(server, "postgres", "SELECT archived_count FROM pg_stat_archiver");
        assertThat(archived).isNotNegative();
        return archived;
    }
}
