/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CommandTest extends ApiTest {

    @BeforeEach
    @AfterEach
    void clear() throws IOException {
        clear("two");
    }

    @Test
    void aRunIsPausedGuidedAndResumed() throws IOException {
        String run = submit(OPERATOR, body("two", "patient"));
        awaitBegun("two");
        assertThat(post(OPERATOR, "/api/v1/runs/" + run + "/guide", "{\"text\": \"Mind the gap.\"}")
                        .statusCode())
                .isEqualTo(202);
        assertThat(post(OPERATOR, "/api/v1/runs/" + run + "/pause", "").statusCode())
                .isEqualTo(202);
        String trail = get(ADMIN, "/api/v1/audit?action=run.guide&run=" + run).body();
        assertThat(trail).contains("key:olive").doesNotContain("Mind the gap");
        letGo("two");
        awaitStatus(VIEWER, run, "PAUSED", "COMPLETED");
        assertThat(post(OPERATOR, "/api/v1/runs/" + run + "/resume", "").statusCode())
                .isIn(202, 409);
        awaitStatus(VIEWER, run, "COMPLETED");
    }

    @Test
    void aRunIsCancelled() {
        String run = submit(OPERATOR, body("two", "patient"));
        awaitBegun("two");
        assertThat(post(OPERATOR, "/api/v1/runs/" + run + "/cancel", "").statusCode())
                .isEqualTo(202);
        assertThat(awaitStatus(VIEWER, run, "STOPPED").path("reason").asString())
                .isEqualTo("CANCELLED");
    }

    @Test
    void guidanceMustBeText() {
        String run = submit(OPERATOR, """
                {"prompt": "Do it.", "workspace": "two", "agents": ["quick"], "startDelay": "PT1H"}""");
        assertInvalid(post(OPERATOR, "/api/v1/runs/" + run + "/guide", "{}"), "text");
        assertInvalid(post(OPERATOR, "/api/v1/runs/" + run + "/guide", "{\"text\": \" \"}"), "text");
        assertInvalid(post(OPERATOR, "/api/v1/runs/" + run + "/guide", "{\"text\": \"a\\u0000b\"}"), "text");
        assertThat(post(OPERATOR, "/api/v1/runs/" + run + "/cancel", "").statusCode())
                .isEqualTo(202);
        awaitStatus(VIEWER, run, "STOPPED");
    }

    @Test
    void aRunAtWorkIsNotRolledBack() throws IOException {
        String run = submit(OPERATOR, body("two", "patient"));
        awaitBegun("two");
        assertProblem(post(OPERATOR, "/api/v1/runs/" + run + "/rollback", "{\"checkpoint\":0}"), 409, "run-state");
        letGo("two");
        awaitStatus(VIEWER, run, "COMPLETED");
    }
}
