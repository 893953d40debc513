/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Nodes whose pools have one connection each, on a database where every attempt's record takes two seconds. */
@Tag("fault")
@Tag("linux")
@Isolated
@ExtendWith(FaultTable.class)
class ClusterStarvedTest {

    private static final String SLOW = """
            CREATE FUNCTION witness.slow() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                PERFORM pg_sleep(2);
                RETURN NEW;
            END $$;
            CREATE TRIGGER slow BEFORE INSERT ON ralph.attempts FOR EACH ROW EXECUTE FUNCTION witness.slow();
            """;

    /**
     * When an entry was picked, when its node gave a sign of life, and when its stint ended: also the time before and after
     * all signs is silence.
     */
    private static final String SIGNS = """
            CREATE TABLE witness.signs (at timestamptz, entry text, sign text);
            CREATE FUNCTION witness.sign() RETURNS trigger LANGUAGE plpgsql AS $$
            DECLARE
                sign text;
            BEGIN
                IF TG_OP = 'DELETE' THEN
                    sign := CASE WHEN OLD.picked THEN 'end' END;
                ELSIF NEW.deaths > OLD.deaths THEN
                    sign := 'death';
                ELSIF NEW.picked AND NOT OLD.picked THEN
                    sign := 'pick';
                ELSIF OLD.picked AND NOT NEW.picked THEN
                    sign := 'end';
                ELSIF NEW.picked AND NEW.version = OLD.version AND NEW.last_heartbeat > OLD.last_heartbeat THEN
                    sign := 'heartbeat';
                END IF;
                IF sign IS NOT NULL THEN
                    INSERT INTO witness.signs VALUES (clock_timestamp(), OLD.task_instance, sign);
                END IF;
                RETURN NULL;
            END $$;
            CREATE TRIGGER sign AFTER UPDATE OR DELETE ON ralph.queue FOR EACH ROW EXECUTE FUNCTION witness.sign();
            """;

    private static final String LONGEST_SILENCE = """
            SELECT coalesce(max(extract(epoch FROM silence) * 1000), 0)::int FROM (
                SELECT sign, at - lag(at) OVER (PARTITION BY entry ORDER BY at) AS silence
                FROM witness.signs) AS s
            WHERE sign IN ('heartbeat', 'end')""";

    private static final String HOW_MANY = "SELECT count(*) FROM witness.signs WHERE sign = '%s'";

    /** As by default. */
    private static final Duration LEASE = Duration.ofSeconds(15);

    private static final Duration MARGIN = Duration.ofSeconds(6);
    private static final int RUNS = 12;
    private static final int ITERATIONS = 2;
    private static final int SLOTS = 3;

    @RegisterExtension
    static final LoggedDatabase DATABASE = LoggedDatabase.shared();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    @Timeout(600)
    @DisplayName("pools of one connection and statements of 2 s, 3 runs at once on each of two nodes")
    void heartbeatsAndLeasesAreNotStarved(Figures figures) throws Exception {
        String[] tasks = Arena.tasks("run", RUNS);
        DATABASE.server().execute(DATABASE.name(), SLOW);
        DATABASE.server().execute(DATABASE.name(), SIGNS);
        try (Fleet fleet = new Fleet(folder, DATABASE)) {
            for (String node : List.of("one", "other")) {
                fleet.start(fleet.order(node).leases(LEASE, MARGIN).slots(SLOTS).connections(1));
            }
            for (String task : tasks) {
                fleet.front()
                        .submit(fleet.task(task, WritingAgent.taking(Duration.ofMillis(100)), ITERATIONS)
                                .build());
            }
            fleet.awaitEnded(RUNS);
            fleet.requireIdle();

            RunAudit audit = RunAudit.of(fleet.store(), DATABASE.log(), fleet.arena(), tasks);
            assertThat(audit.iterations()).isEqualTo(RUNS * ITERATIONS);
            assertThat(audit.abandoned()).as("attempts repeated").isZero();
            assertThat(audit.claims()).as("claims, one for each stint").isEqualTo(RUNS);
            Duration silence = Duration.ofMillis(DATABASE.count(LONGEST_SILENCE));
            assertThat(silence).as("the longest silence of a node about a run").isLessThan(LEASE.dividedBy(2));
            assertThat(DATABASE.count(HOW_MANY.formatted("death")))
                    .as("nodes taken for dead")
                    .isZero();
            int heartbeats = DATABASE.count(HOW_MANY.formatted("heartbeat"));
            assertThat(heartbeats).isPositive();
            figures.add("runs, each claimed once", RUNS)
                    .add("iterations, none repeated", audit.iterations())
                    .add("heartbeats", heartbeats)
                    .add(
                            "ms without one at most, where %d mean death".formatted(LEASE.toMillis() * 4 / 6),
                            silence.toMillis());
        }
    }
}
