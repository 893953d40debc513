/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/** Copies a trail into another database as a restored dump would have it: rows by COPY, and the sequence. */
final class AuditCopy {

    private AuditCopy() {}

    static void copy(AuditBench from, AuditBench to) throws SQLException, IOException {
        try (Connection source = from.connect();
                Connection target = to.connect()) {
            for (String table : new String[] {"activity_log", "seals"}) {
                ByteArrayOutputStream rows = new ByteArrayOutputStream();
                copies(source).copyOut("COPY (SELECT * FROM audit." + table + ") TO STDOUT", rows);
                copies(target)
                        .copyIn("COPY audit." + table + " FROM STDIN", new ByteArrayInputStream(rows.toByteArray()));
            }
        }
        to.execute("SELECT setval('audit.activity_log_id', "
                + from.query("SELECT last_value FROM audit.activity_log_id") + ")");
    }

    private static CopyManager copies(Connection connection) throws SQLException {
        return connection.unwrap(PGConnection.class).getCopyAPI();
    }
}
