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
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/** Keys for tests, and all that a database holds. */
public final class Sealing {

    private static final int BASE64_BYTES = 3;
    private static final int BASE64_BITS = 6;

    /** Of a mark of 3 bytes and the 16 of the key's id, as many as base64 encodes by themselves. */
    private static final int SEALED_HEAD = 18;

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

    /** Whether a dump has a text: as it is, as bytes, or in base64, wherever in what was encoded it stands. */
    public static boolean has(String dump, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return dump.contains(text)
                || dump.contains(HexFormat.of().formatHex(bytes))
                || IntStream.range(0, BASE64_BYTES).anyMatch(before -> dump.contains(base64(bytes, before)));
    }

    /** Whether a dump has something that was sealed with the same key as these bytes. */
    static boolean hasSealedAs(String dump, byte[] sealed) {
        byte[] head = Arrays.copyOf(sealed, SEALED_HEAD);
        return dump.contains(HexFormat.of().formatHex(head))
                || dump.contains(Base64.getEncoder().encodeToString(head));
    }

    /** Those characters of base64 that only these bytes decide on, behind so many others. */
    private static String base64(byte[] bytes, int before) {
        byte[] all = new byte[before + bytes.length];
        System.arraycopy(bytes, 0, all, before, bytes.length);
        String encoded = Base64.getEncoder().withoutPadding().encodeToString(all);
        int first = (before * Byte.SIZE + BASE64_BITS - 1) / BASE64_BITS;
        return encoded.substring(first, all.length * Byte.SIZE / BASE64_BITS);
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
