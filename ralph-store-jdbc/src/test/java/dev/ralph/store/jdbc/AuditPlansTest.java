/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.audit.AuditEntry;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the trail is asked is answered from an index, in a month with an entry of a node every ten seconds. */
@Tag("integration")
class AuditPlansTest {

    @RegisterExtension
    static final PostgresDatabase DATABASE = new PostgresDatabase();

    private static final Plans PLANS = new Plans();

    /** Of the next month, which has a partition and no end in between. */
    private static final String WRITE = """
        INSERT INTO audit.activity_log (timestamp, user_id, action, resource, details, entry_id, run_id, outcome, node)
        SELECT date_trunc('month', now() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' + interval '33 days' + n * interval '10 s',
            'node:node-1', 'agent.launched', 'run/1', '{"agent": "agent-a"}', gen_random_uuid(), gen_random_uuid(), 'DONE',
            'node-1'
        FROM generate_series(1, 60000) AS n ORDER BY n\
        """;

    @SuppressWarnings("NullAway.Init")
    private static JdbcStore store;

    @BeforeAll
    static void write() throws SQLException {
        DATABASE.execute(WRITE);
        DATABASE.execute("VACUUM ANALYZE audit.activity_log");
        store = JdbcStore.builder()
                .dataSource(new ObservedDataSource(DATABASE.pool(), PLANS))
                .leaseDataSource(DATABASE.pool())
                .migrations(MigrationMode.NONE)
                .build();
    }

    @AfterAll
    static void close() {
        store.close();
    }

    @BeforeEach
    void forget() {
        PLANS.take();
    }

    @Test
    void copiesAreLookedForAmongEntriesOfTheSameTime() {
        AuditReads reads = new AuditReads(store.parts().database(), new AuditSeals());
        List<StoredAudit.Row> part = reads.rows(30_000, StoredTime.LAST, 31_000);
        assertThat(part).hasSize(1_000);

        assertThat(reads.copyIn(part, 30_000)).isEmpty();

        assertIndexed("copies");
    }

    @Test
    void whatANodeTellsByItselfIsLookedForByItsTime() {
        AuditEntry entry = AuditBench.entry("node:node-1", 1);
        AuditEntry told = new AuditEntry(
                entry.id(),
                amongThem().toInstant(),
                entry.principal(),
                entry.address(),
                entry.action(),
                entry.resource(),
                null,
                null,
                entry.outcome(),
                entry.node(),
                entry.details());

        store.audit().orElseThrow().record(told);
        store.audit().orElseThrow().record(told);

        assertIndexed("an entry of a node");
    }

    @Test
    void droppedMonthsAreFoundAmongEntriesOfOthersThanNodes() {
        assertThat(new AuditReads(store.parts().database(), new AuditSeals()).dropped())
                .isEmpty();

        assertIndexed("dropped months");
    }

    private static ZonedDateTime amongThem() {
        return Instant.now()
                .atZone(ZoneOffset.UTC)
                .truncatedTo(ChronoUnit.DAYS)
                .withDayOfMonth(1)
                .plusDays(35);
    }

    private static void assertIndexed(String what) {
        // The other months are empty, and read as they come.
        String scan = "Seq Scan on activity_log_y"
                + DateTimeFormatter.ofPattern("yyyy'm'MM", Locale.ROOT).format(amongThem());
        List<String> plans = PLANS.take();
        assertThat(plans).isNotEmpty();
        assertThat(plans).as(what).allSatisfy(plan -> assertThat(plan).doesNotContain(scan));
    }
}
