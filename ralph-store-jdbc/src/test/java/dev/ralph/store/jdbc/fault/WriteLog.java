/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc.fault;

import dev.ralph.RunId;
import dev.ralph.store.jdbc.PostgresServer;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Every row that was written for a run, in the order of writing, kept by triggers in the database itself: whatever a node
 * believes, this is what it did. Nodes are told apart by what their connections are called.
 */
final class WriteLog {

    private static final String SCHEMA = """
            CREATE SCHEMA witness;
            CREATE TABLE witness.writes (
                number bigserial PRIMARY KEY, at timestamptz NOT NULL, node text NOT NULL, written text NOT NULL,
                run uuid NOT NULL, entry jsonb NOT NULL);
            CREATE INDEX ON witness.writes (run, number);
            CREATE FUNCTION witness.note() RETURNS trigger LANGUAGE plpgsql AS $$
            DECLARE
                entry jsonb := to_jsonb(NEW) - 'state' - 'metadata' - 'content' - 'output_preview' - 'feedback';
            BEGIN
                INSERT INTO witness.writes (at, node, written, run, entry)
                VALUES (clock_timestamp(), current_setting('application_name'), TG_OP || ' ' || TG_ARGV[0],
                    (entry->>TG_ARGV[1])::uuid, entry);
                RETURN NULL;
            END $$;
            CREATE TRIGGER witness AFTER INSERT OR UPDATE ON ralph.orchestrations FOR EACH ROW
                EXECUTE FUNCTION witness.note('orchestrations', 'id');
            """;

    private static final String TRIGGER = """
            CREATE TRIGGER witness AFTER INSERT OR UPDATE ON ralph.%1$s FOR EACH ROW
                EXECUTE FUNCTION witness.note('%1$s', 'run_id');
            """;

    private static final List<String> RECORDS =
            List.of("attempts", "iterations", "gates", "checkpoints", "events", "commands");

    private final PostgresServer server;
    private final String database;

    private WriteLog(PostgresServer server, String database) {
        this.server = server;
        this.database = database;
    }

    /** Begins one in a database with Ralph's schema. */
    static WriteLog begin(PostgresServer server, String database) throws SQLException {
        server.execute(database, SCHEMA);
        for (String table : RECORDS) {
            server.execute(database, TRIGGER.formatted(table));
        }
        return new WriteLog(server, database);
    }

    /**
     * A row as it was written.
     *
     * @param node whose connection wrote it
     * @param written INSERT or UPDATE, and the table
     * @param token of a run's own row: the lease's
     * @param version of a run's own row, else 0
     * @param attempts of a run's own row: how many, as shown
     * @param spend of a run's own row: dollars charged
     * @param runtimeNanos of a run's own row: as of when it was written
     * @param leaseUntil of a run's own row
     * @param commands of a run's own row: the last one it was given
     */
    record Write(
            long number,
            Instant at,
            String node,
            String written,
            @Nullable UUID token,
            long version,
            int iterations,
            int attempts,
            BigDecimal spend,
            long runtimeNanos,
            @Nullable Instant leaseUntil,
            long commands) {

        boolean isOfRun() {
            return written.endsWith(" orchestrations");
        }

        boolean isOfCommand() {
            return written.endsWith(" commands");
        }
    }

    /** Those by which a run changed hands. */
    static List<Write> claims(List<Write> writes) {
        List<Write> claims = new ArrayList<>();
        UUID token = null;
        for (Write write : writes) {
            if (write.isOfRun() && write.token() != null && !write.token().equals(token)) {
                claims.add(write);
                token = write.token();
            }
        }
        return claims;
    }

    /** Every write for a run. */
    List<Write> of(RunId run) throws SQLException {
        String sql = """
                SELECT number, at, node, written, (entry->>'lease_token')::uuid AS token,
                    coalesce((entry->>'version')::bigint, 0) AS version,
                    coalesce((entry#>>'{metrics,iterations}')::int, 0) AS iterations,
                    coalesce((entry#>>'{metrics,attempts}')::int, 0) AS attempts,
                    coalesce((entry#>>'{metrics,cost,billed}')::numeric, 0)
                        + coalesce((entry#>>'{metrics,cost,estimated}')::numeric, 0)
                        + coalesce((entry#>>'{metrics,cost,unknown}')::numeric, 0) AS spend,
                    coalesce((entry#>>'{metrics,runtime_nanos}')::bigint, 0)
                        + coalesce(greatest(0, extract(epoch FROM (entry->>'updated_at')::timestamptz
                            - (entry#>>'{metrics,clock_since}')::timestamptz) * 1000000000), 0)::bigint AS runtime,
                    (entry->>'lease_until')::timestamptz AS lease_until,
                    coalesce((entry->>'commands_last')::bigint, 0) AS commands
                FROM witness.writes WHERE run = ? ORDER BY number""";
        List<Write> writes = new ArrayList<>();
        try (Connection connection = server.connect(database);
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, run.value());
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    OffsetDateTime until = row.getObject("lease_until", OffsetDateTime.class);
                    writes.add(new Write(
                            row.getLong("number"),
                            row.getObject("at", OffsetDateTime.class).toInstant(),
                            row.getString("node"),
                            row.getString("written"),
                            row.getObject("token", UUID.class),
                            row.getLong("version"),
                            row.getInt("iterations"),
                            row.getInt("attempts"),
                            row.getBigDecimal("spend"),
                            row.getLong("runtime"),
                            until == null ? null : until.toInstant(),
                            row.getLong("commands")));
                }
            }
        }
        return writes;
    }

    /** How many rows have been written in all. */
    long size() throws SQLException {
        try (Connection connection = server.connect(database);
                PreparedStatement statement =
                        connection.prepareStatement("SELECT coalesce(max(number), 0) FROM witness.writes");
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }
}
