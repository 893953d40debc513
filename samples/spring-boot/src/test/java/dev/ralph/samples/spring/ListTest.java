/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ListTest extends ApiTest {

    private final List<String> runs = new ArrayList<>();

    @BeforeAll
    void submitSome() {
        for (int i = 0; i < 7; i++) {
            runs.add(submit(OPERATOR, """
                    {"prompt": "Do it.", "workspace": "one", "agents": ["quick"], "subject": "s%d",
                     "labels": {"parity": "%d", "a b&c": "x=y+z"}}""".formatted(i, i % 2)));
        }
        runs.forEach(run -> awaitStatus(VIEWER, run, "COMPLETED"));
    }

    @Test
    void pagesFollowEachOtherByCursorAndByLink() {
        List<String> seen = new ArrayList<>();
        String address = "/api/v1/runs?limit=3&label.a%20b%26c=x%3Dy%2Bz";
        while (!address.isEmpty()) {
            HttpResponse<String> page = get(VIEWER, address);
            assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
            json(page).path("items").forEach(run -> seen.add(run.path("id").asString()));
            address = page.headers()
                    .firstValue("Link")
                    .map(link -> link.substring(1, link.indexOf('>')))
                    .orElse("");
            assertThat(address.isEmpty()).isEqualTo(!json(page).has("next"));
        }
        List<String> newestFirst = new ArrayList<>(runs);
        Collections.reverse(newestFirst);
        assertThat(seen).containsExactlyElementsOf(newestFirst);
    }

    @Test
    void filtersNarrow() {
        assertThat(ids("?label.parity=1")).hasSize(3);
        assertThat(ids("?subject=s2")).containsExactly(runs.get(2));
        assertThat(ids("?subject=acme:s2")).isEmpty();
        assertThat(ids("?status=COMPLETED,FAILED")).hasSize(7);
        assertThat(ids("?status=RUNNING")).isEmpty();
        assertThat(ids("?reason=CANCELLED")).isEmpty();
        assertThat(ids("?agent=quick")).hasSize(7);
        assertThat(ids("?agent=patient")).isEmpty();
        assertThat(ids("?label.host.workspace=one")).hasSize(7);
        assertThat(ids("?createdFrom=" + Instant.now().plusSeconds(60))).isEmpty();
        assertThat(ids("?createdBefore=" + Instant.now().plusSeconds(60))).hasSize(7);
    }

    @Test
    void parametersAreReadStrictly() {
        assertInvalid(get(VIEWER, "/api/v1/runs?statsu=RUNNING"), "statsu");
        assertInvalid(get(VIEWER, "/api/v1/runs?tenant=other"), "tenant");
        assertInvalid(get(VIEWER, "/api/v1/runs?status=running"), "status");
        assertInvalid(get(VIEWER, "/api/v1/runs?limit=0"), "limit");
        assertInvalid(get(VIEWER, "/api/v1/runs?limit=1001"), "limit");
        assertInvalid(get(VIEWER, "/api/v1/runs?limit=5&limit=6"), "limit");
        assertInvalid(get(VIEWER, "/api/v1/runs?createdFrom=yesterday"), "createdFrom");
        assertInvalid(get(VIEWER, "/api/v1/runs?after=nonsense"), "after");
    }

    private List<String> ids(String query) {
        HttpResponse<String> response = get(VIEWER, "/api/v1/runs" + query);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        List<String> ids = new ArrayList<>();
        for (JsonNode run : json(response).path("items")) {
            ids.add(run.path("id").asString());
        }
        return ids;
    }
}
