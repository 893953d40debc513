/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.store.jdbc.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The processes of a PostgreSQL server on this host. */
public final class Postmaster {

    private final Path data;
    private final Path control;

    private Postmaster(Path data, Path control) {
        this.data = data;
        this.control = control;
    }

    public static Postmaster of(PostgresServer server) throws SQLException, IOException {
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW data_directory")) {
            row.next();
            Path data = Path.of(row.getString(1));
            Path program = Files.readSymbolicLink(Path.of("/proc", Long.toString(pid(data)), "exe"));
            return new Postmaster(data, program.resolveSibling("pg_ctl"));
        }
    }

    /** The server's folder. */
    public Path data() {
        return data;
    }

    /** Stops all of them in the middle of whatever they do. */
    void suspend() throws IOException, InterruptedException {
        signal("STOP");
    }

    void goOn() throws IOException, InterruptedException {
        signal("CONT");
    }

    /** As a crash does: nothing is written, nobody is told. */
    public void stopImmediately() throws IOException, InterruptedException {
        pgCtl("stop", "-m", "immediate", "-w");
    }

    /** Stops it as an administrator does, who ends all connections, and starts it again. */
    void restart() throws IOException, InterruptedException {
        pgCtl("restart", "-m", "fast", "-w", "-l", data.resolve("restarted.log").toString());
    }

    /** Starts it again as it was started, with recovery from its log. */
    public void start() throws IOException, InterruptedException {
        // What is not running is started by "restart", and with the options it had.
        pgCtl("restart", "-w", "-l", data.resolve("restarted.log").toString());
    }

    private void signal(String name) throws IOException, InterruptedException {
        long pid = pid(data);
        List<String> command = new ArrayList<>(List.of("kill", "-s", name, Long.toString(pid)));
        Stream<ProcessHandle> children =
                ProcessHandle.of(pid).map(ProcessHandle::descendants).orElse(Stream.empty());
        children.forEach(child -> command.add(Long.toString(child.pid())));
        run(command);
    }

    private void pgCtl(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        if (Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))) {
            // PostgreSQL refuses to run as root.
            command.addAll(List.of("unshare", "--user"));
        }
        command.addAll(List.of(control.toString(), "-D", data.toString()));
        command.addAll(List.of(arguments));
        run(command);
    }

    private void run(List<String> command) throws IOException, InterruptedException {
        Path log = data.resolve("control.log");
        int code = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start()
                .waitFor();
        assertThat(code).as("%s, see %s", command, log).isZero();
    }

    private static long pid(Path data) throws IOException {
        return Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
    }
}
