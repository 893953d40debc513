/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import javax.sql.DataSource;

/** The statements of a durable iteration as one would write them by hand. */
final class BareIteration {

    private static final String STEP = """
            UPDATE ralph.orchestrations SET status = ?, reason = ?, verification = ?, detail = ?, metrics = CAST(? AS jsonb),
                updated_at = ?, started_at = ?, completed_at = ?, wake_at = ?, state_version = ?, state = ?,
                commands_through = ?, last_event = last_event + ?, version = version + 1, lapses = 0,
                owner = CASE WHEN ? THEN owner END, lease_until = CASE WHEN ? THEN lease_until END
            WHERE id = ? AND lease_token = ? AND lease_until > clock_timestamp() AND version = ?
                AND commands_through <= ? AND commands_last >= ? AND ? IN (last_event, -1)""";

    private static final String START = """
            INSERT INTO ralph.attempts (run_id, iteration, attempt, agent, status, started_at, reserved_tokens, reserved_cost,
                cost, cost_kind)
            VALUES (?, ?, 1, 'agent-a', 'IN_FLIGHT', ?, 1000, ?, 0, 'UNKNOWN')""";

    private static final String SETTLE = """
            UPDATE ralph.attempts SET agent = 'agent-a', status = 'SUCCEEDED', started_at = ?, ended_at = ?, failure = NULL,
                message = NULL, reserved_tokens = 1000, reserved_cost = ?, input_tokens = 10, output_tokens = 20,
                cache_read_tokens = 30, cache_write_tokens = 40, cost = ?, cost_kind = 'BILLED', noted_input_tokens = NULL,
                noted_output_tokens = NULL, noted_cache_read_tokens = NULL, noted_cache_write_tokens = NULL,
                noted_cost = NULL, noted_cost_kind = NULL
            WHERE run_id = ? AND iteration = ? AND attempt = 1 AND status = 'IN_FLIGHT'""";

    private static final String ITERATION = """
            INSERT INTO ralph.iterations (run_id, iteration, attempts, agent, status, claimed, workspace_changed, output_cut,
                started_at, ended_at, output_preview)
            VALUES (?, ?, 1, 'agent-a', 'SUCCEEDED', false, true, false, ?, ?, ?)""";

    private static final String EVENT = """
            INSERT INTO ralph.events (run_id, seq, event_type, happened_at, version, content)
            VALUES (?, ?, 'test.event', ?, 1, ?)""";

    private final DataSource source;
    private final UUID run;
    private final UUID token;
    private final OffsetDateTime at = Instant.now().atOffset(ZoneOffset.UTC);
    private long version;
    private final String metrics;

    BareIteration(DataSource source, UUID run, UUID token, String metrics) {
        this.source = source;
        this.run = run;
        this.token = token;
        this.metrics = metrics;
    }

    void start(int iteration) throws SQLException {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            step(connection);
            try (PreparedStatement insert = connection.prepareStatement(START)) {
                insert.setObject(1, run);
                insert.setInt(2, iteration);
                insert.setObject(3, at);
                insert.setBigDecimal(4, new BigDecimal("0.50"));
                insert.executeUpdate();
            }
            event(connection);
            connection.commit();
        }
    }

    void settle(int iteration) throws SQLException {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            step(connection);
            try (PreparedStatement update = connection.prepareStatement(SETTLE)) {
                update.setObject(1, at);
                update.setObject(2, at);
                update.setBigDecimal(3, new BigDecimal("0.50"));
                update.setBigDecimal(4, new BigDecimal("0.25"));
                update.setObject(5, run);
                update.setInt(6, iteration);
                update.executeUpdate();
            }
            try (PreparedStatement insert = connection.prepareStatement(ITERATION)) {
                insert.setObject(1, run);
                insert.setInt(2, iteration);
                insert.setObject(3, at);
                insert.setObject(4, at);
                insert.setBytes(5, bytes("done"));
                insert.executeUpdate();
            }
            event(connection);
            connection.commit();
        }
    }

    private void step(Connection connection) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(STEP)) {
            update.setString(1, "RUNNING");
            update.setNull(2, Types.VARCHAR);
            update.setString(3, "NONE");
            update.setNull(4, Types.VARCHAR);
            update.setString(5, metrics);
            update.setObject(6, at);
            update.setObject(7, at);
            update.setNull(8, Types.TIMESTAMP_WITH_TIMEZONE);
            update.setNull(9, Types.TIMESTAMP_WITH_TIMEZONE);
            update.setInt(10, 1);
            update.setBytes(11, bytes("state after " + version));
            update.setLong(12, 0);
            update.setInt(13, 1);
            update.setBoolean(14, true);
            update.setBoolean(15, true);
            update.setObject(16, run);
            update.setObject(17, token);
            update.setLong(18, version);
            update.setLong(19, 0);
            update.setLong(20, 0);
            update.setLong(21, version + 1);
            if (update.executeUpdate() != 1) {
                throw new SQLException("the run is not at version " + version);
            }
        }
        version++;
    }

    private void event(Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(EVENT)) {
            insert.setObject(1, run);
            insert.setLong(2, version + 1);
            insert.setObject(3, at);
            insert.setBytes(4, bytes("event " + (version + 1)));
            insert.addBatch();
            insert.executeBatch();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
