/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;

/** The server of these tests has 120 connections, 3 of them for superusers. Alone: it reads the log. */
@Isolated
class ServerRoomTest {

    @RegisterExtension
    static final PostgresDatabase DATABASE = new PostgresDatabase();

    private final Logger logger = (Logger) LoggerFactory.getLogger(ServerRoom.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        // The sessions of a store that was closed end a moment later, and would count as a node.
        Awaitility.await("no store has a session")
                .atMost(Duration.ofSeconds(30))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> DATABASE.query("SELECT count(*) FROM pg_stat_activity"
                                + " WHERE datname = current_database() AND application_name LIKE 'ralph-%'")
                        .equals("0"));
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(log);
    }

    @Test
    void nodesThatFitAreNoCauseForAWarning() {
        open(2, 1).close();

        assertThat(warnings()).isEmpty();
    }

    @Test
    void moreConnectionsThanTheServerHasAreWarnedOf() {
        open(40, 3).close();

        assertThat(warnings())
                .singleElement()
                .asString()
                .contains("3 nodes", "43 connections", "129 connections", "the server has 117")
                .contains("DATABASE_MAX_OVERFLOW");
    }

    @Test
    void nodesThatAreThereAlreadyCount() {
        try (JdbcStore first = open(38, 1);
                JdbcStore second = open(38, 1)) {
            assertThat(List.of(first, second)).hasSize(2);
            assertThat(warnings()).isEmpty();

            open(38, 1).close();

            assertThat(warnings()).singleElement().asString().contains("3 nodes");
        }
    }

    private List<String> warnings() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private static JdbcStore open(int most, int nodes) {
        JdbcStoreConfig base = JdbcStoreConfig.DEFAULT;
        return JdbcStore.builder()
                .url(DATABASE.url())
                .config(new JdbcStoreConfig(
                        MigrationMode.NONE,
                        1,
                        most,
                        base.connectionTimeout(),
                        base.idleTimeout(),
                        base.statementTimeout(),
                        null,
                        nodes))
                .build();
    }
}
