/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ralph.ContentUnreadableException;
import dev.ralph.RunId;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What somebody who can write to the database, and has no key, cannot do unnoticed. */
@Tag("integration")
class TamperTest {

    @RegisterExtension
    static final PostgresDatabase DATABASE = new PostgresDatabase();

    @SuppressWarnings("NullAway.Init")
    private JdbcStore store;

    @SuppressWarnings("NullAway.Init")
    private RunId run;

    @SuppressWarnings("NullAway.Init")
    private RunId other;

    @BeforeEach
    void open() {
        store = Sealing.on(DATABASE.pool(), Sealing.keys("a")).build();
        work();
    }

    private void work() {
        run = CanaryRun.ended(store, "ann", "one");
        other = CanaryRun.ended(store, "ann", "two");
    }

    @AfterEach
    void close() {
        store.close();
    }

    @ParameterizedTest
    @CsvSource({
        "orchestrations, id, state",
        "specs, run_id, content",
        "events, run_id, content",
        "commands, run_id, content",
        "iterations, run_id, output_preview",
        "gates, run_id, feedback",
    })
    void bytesThatWereChangedOrMovedOrPutThereInClearAreNotRead(String table, String id, String column)
            throws SQLException {
        requireUnreadable(
                "UPDATE ralph.%s SET %s = set_byte(%s, octet_length(%s) - 4, 255 - get_byte(%s, octet_length(%s) - 4))"
                                .formatted(table, column, column, column, column, column)
                        + of(id, run));
        work();
        requireUnreadable("UPDATE ralph.%1$s SET %3$s = (SELECT o.%3$s FROM ralph.%1$s o WHERE o.%2$s = '%4$s' LIMIT 1)"
                        .formatted(table, id, column, other)
                + of(id, run));
        work();
        requireUnreadable(
                "UPDATE ralph.%s SET %s = convert_to('do evil', 'UTF8')".formatted(table, column) + of(id, run));
        work();
        requireUnreadable("UPDATE ralph.%s SET %s = substr(%s, 1, 12)".formatted(table, column, column) + of(id, run));
    }

    @ParameterizedTest
    @CsvSource({"orchestrations, id, detail", "attempts, run_id, message", "gates, run_id, gate"})
    void textsThatWereChangedOrMovedOrPutThereInClearAreNotRead(String table, String id, String column)
            throws SQLException {
        requireUnreadable("UPDATE ralph.%s SET %s = overlay(%s placing 'AAAA' from 60)".formatted(table, column, column)
                + of(id, run));
        work();
        requireUnreadable("UPDATE ralph.%1$s SET %3$s = (SELECT o.%3$s FROM ralph.%1$s o WHERE o.%2$s = '%4$s' LIMIT 1)"
                        .formatted(table, id, column, other)
                + of(id, run));
        work();
        requireUnreadable("UPDATE ralph.%s SET %s = 'do evil'".formatted(table, column) + of(id, run));
        work();
        requireUnreadable(
                "UPDATE ralph.%s SET %s = left(%s, 30) || '!'".formatted(table, column, column) + of(id, run));
    }

    @ParameterizedTest
    @CsvSource({"state, content", "content, state"})
    void contentDoesNotServeInAnotherColumn(String to, String from) throws SQLException {
        requireUnreadable(
                to.equals("state")
                        ? "UPDATE ralph.orchestrations SET state = (SELECT %s FROM ralph.specs WHERE run_id = id)"
                                        .formatted(from)
                                + of("id", run)
                        : "UPDATE ralph.specs SET content = (SELECT %s FROM ralph.orchestrations WHERE id = run_id)"
                                        .formatted(from)
                                + of("run_id", run));
    }

    private void requireUnreadable(String sql) throws SQLException {
        CanaryRun.requireWhole(store, run, "one");
        DATABASE.execute(sql);
        assertThatExceptionOfType(ContentUnreadableException.class)
                .as(sql)
                .isThrownBy(() -> CanaryRun.content(store, run))
                .withMessageContaining(run.toString());
        CanaryRun.requireWhole(store, other, "two");
    }

    private static String of(String id, RunId run) {
        return " WHERE " + id + " = '" + run + "'";
    }
}
