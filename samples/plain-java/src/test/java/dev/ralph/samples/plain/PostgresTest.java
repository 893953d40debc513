/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs kept in a real PostgreSQL server that {@code DATABASE_URL} names. */
@Tag("integration")
class PostgresTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void aRunIsKeptThereAndGoneOnWithAfterKillNine() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .start()) {
            RalphProcess.Setup ralph = new RalphProcess.Setup(folder, folder.resolve("home"))
                    .with("DATABASE_URL", "postgresql://postgres@localhost:" + server.getPort() + "/postgres");
            WaitingAgent agent = new WaitingAgent(folder, Repository.create(folder));
            String id;
            try (RalphProcess process = ralph.start(agent.run("--max-cost", "10", "--quiet"))) {
                agent.release(1);
                agent.await(2);
                id = process.awaitOutput("\n").printed().strip();
                process.signal("KILL");
                process.await();
            }
            assertThat(agent.overlapped()).isFalse();
            agent.release(2);

            var end = ralph.run("resume", id);

            assertThat(end.code()).as(end.all()).isZero();
            assertThat(end.err()).isEmpty();
            assertThat(end.out()).contains("taken over from a process that died");
            assertThat(agent.launches()).startsWith("1", "2");
            assertThat(ralph.here("list").out()).contains(id, "COMPLETED");
            JsonNode show = json(ralph.here("show", id, "--json").out());
            assertThat(show.get("iterations").findValuesAsText("iteration")).containsExactly("1", "2");
            assertThat(show.at("/progress/attempts").asInt()).isEqualTo(3);
            JsonNode costs = json(ralph.here("costs", "--by", "agent", "--json").out());
            assertThat(costs.get("agent").asText()).isEqualTo("command");
            assertThat(costs.get("attempts").asInt()).isEqualTo(3);
            assertThat(costs.at("/spend/unknown").decimalValue())
                    .isEqualByComparingTo(show.at("/progress/spend/unknown").decimalValue());
            assertThat(folder.resolve("home/runs.mv.db")).doesNotExist();
        }
    }

    private static JsonNode json(String text) throws Exception {
        return new ObjectMapper().readTree(text);
    }
}
