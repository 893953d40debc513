/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import dev.ralph.spi.Secret;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/** Keys for tests, and all that a database holds. */
public final class Sealing {

    private Sealing() {}

    /** With these keys, 32 times a letter each; the first wraps. */
    public static EncryptionConfig keys(String letters) {
        String keys = letters.chars()
                .mapToObj(letter -> AuditBench.key((char) letter))
                .collect(Collectors.joining(","));
        return letters.isEmpty()
                ? EncryptionConfig.NONE
                : EncryptionConfig.with(EncryptionKeys.of(new Secret("ENCRYPTION_KEY", keys)));
    }

    static JdbcStoreBuilder on(DataSource source, EncryptionConfig keys) {
        return JdbcStore.builder()
                .dataSource(source)
                .migrations(MigrationMode.NONE)
                .encryption(keys);
    }

    /** Every row of every table of PostgreSQL, as a dump has it. */
    static String postgres(DataSource source) throws SQLException, IOException {
        StringWriter dump = new StringWriter();
        try (Connection connection = source.getConnection()) {
            for (String table : tables(connection)) {
                connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyOut("COPY (SELECT * FROM " + table + ") TO STDOUT", dump);
            }
        }
        return dump.toString();
    }

    /** Every row of every table of H2. */
    static String h2(HikariDataSource source) throws SQLException {
        StringBuilder dump = new StringBuilder();
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet lines = statement.executeQuery("SCRIPT")) {
            while (lines.next()) {
                dump.append(lines.getString(1)).append('\n');
            }
        }
        return dump.toString();
    }

    /** Whether a dump has a text, as it is or as bytes. */
    static boolean has(String dump, String text) {
        String hex = HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
        return dump.contains(text) || dump.contains(hex);
    }

    private static List<String> tables(Connection connection) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c
                        JOIN pg_namespace n ON n.oid = c.relnamespace
                        WHERE n.nspname IN ('ralph', 'audit') AND c.relkind = 'r' ORDER BY 1""")) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        return tables;
    }
}
