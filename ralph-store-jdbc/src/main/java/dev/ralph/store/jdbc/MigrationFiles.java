/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/** The migrations this version of Ralph brings. */
final class MigrationFiles {

    /** The oldest first. */
    private static final List<String> NAMES = List.of(
            "V1__runs.sql",
            "V2__queue.sql",
            "V3__audit.sql",
            "V5__partitions.sql",
            "V6__keys.sql",
            "V7__audit_users.sql",
            "V8__audit_entries.sql");

    private MigrationFiles() {}

    /** The number of the newest one. */
    static int newest() {
        return Integer.parseInt(number(NAMES.get(NAMES.size() - 1)));
    }

    /**
     * The checksum of each, by its number, as Flyway writes it into its history: of the lines without their ends. If Flyway
     * came to count in another way, no file would seem applied, and Flyway would be asked.
     */
    static Map<String, Integer> checksums(Dialect dialect) throws IOException {
        Map<String, Integer> checksums = new HashMap<>();
        for (String name : NAMES) {
            checksums.put(number(name), checksum("/" + dialect.migrationFolder() + "/" + name));
        }
        return checksums;
    }

    private static String number(String name) {
        return name.substring(1, name.indexOf("__"));
    }

    private static int checksum(String resource) throws IOException {
        CRC32 sum = new CRC32();
        try (InputStream bytes = MigrationFiles.class.getResourceAsStream(resource)) {
            if (bytes == null) {
                throw new FileNotFoundException(resource + " is missing in Ralph's JAR");
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                sum.update(line.getBytes(StandardCharsets.UTF_8));
            }
        }
        return (int) sum.getValue();
    }
}
