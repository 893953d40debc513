/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

/** Seals once, in a process that can be killed. */
final class AuditSealerMain {

    static final String SEALING = "sealing";

    private AuditSealerMain() {}

    public static void main(String[] arguments) {
        try (JdbcStore store = JdbcStore.builder()
                .url(arguments[0])
                .pool(1, 2)
                .migrations(MigrationMode.NONE)
                .audit(AuditConfig.DEFAULT.withKeys(AuditBench.keys(arguments[1])))
                .build()) {
            System.out.println(SEALING);
            store.maintain();
        }
    }
}
