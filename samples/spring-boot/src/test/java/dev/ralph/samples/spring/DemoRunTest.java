/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** What can be seen of a run of the demo, which claims to be done once too early. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DemoRunTest extends ApiTest {

    private static final String DEMO = """
            {"prompt": "Make check.sh pass.", "workspace": "demo", "agents": ["scripted"], "gates": "demo",
             "labels": {"team": "tools"}, "subject": "alice", "priority": 3,
             "limits": {"maxIterations": 5, "maxRuntime": "PT2M", "maxCost": 1.50}}""";

    private String run = "";
    private JsonNode ended;

    @BeforeAll
    void play() {
        run = submit(OPERATOR, DEMO);
        ended = awaitStatus(VIEWER, run, "COMPLETED", "STOPPED", "FAILED");
    }

    @Test
    void itIsDoneInTwoIterationsAndVerified() {
        assertThat(ended.path("status").asString()).as(ended.toString()).isEqualTo("COMPLETED");
        assertThat(ended.path("reason").asString()).isEqualTo("COMPLETED");
        assertThat(ended.path("verification").asString()).isEqualTo("VERIFIED");
        assertThat(ended.path("progress").path("iterations").asInt()).isEqualTo(2);
    }

    @Test
    void itIsShownByTheNamesItWasSubmittedWith() {
        assertThat(ended.path("workspace").asString()).isEqualTo("demo");
        assertThat(ended.path("agents").path(0).asString()).isEqualTo("scripted");
        assertThat(ended.path("gates").asString()).isEqualTo("demo");
        assertThat(ended.path("subject").asString()).isEqualTo("alice");
        assertThat(ended.path("labels").toString()).isEqualTo("{\"team\":\"tools\"}");
        assertThat(ended.path("createdAt").asString()).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
        assertThat(ended.path("progress").path("runtime").asString()).startsWith("PT");
    }

    @Test
    void noAnswerNamesTheFolderOfTheWorkspace() {
        assertThat(get(VIEWER, "/api/v1/runs/" + run).body())
                .doesNotContain(workspace("demo").toString());
        assertThat(get(VIEWER, "/api/v1/workspaces").body()).doesNotContain("/");
    }

    @Test
    void iterationsComeWithTheirAttemptsAPageAtATime() {
        HttpResponse<String> first = get(VIEWER, "/api/v1/runs/" + run + "/iterations?limit=1");
        JsonNode page = json(first);
        assertThat(page.path("items")).hasSize(1);
        assertThat(page.path("items").path(0).path("iteration").asInt()).isEqualTo(1);
        assertThat(page.path("items").path(0).path("claimed").asBoolean()).isTrue();
        assertThat(page.path("items")
                        .path(0)
                        .path("attempts")
                        .path(0)
                        .path("status")
                        .asString())
                .isEqualTo("SUCCEEDED");
        assertThat(first.headers().firstValue("Link"))
                .hasValue("</api/v1/runs/" + run + "/iterations?limit=1&after=1>; rel=\"next\"");

        JsonNode second = json(get(VIEWER, "/api/v1/runs/" + run + "/iterations?limit=2&after=1"));
        assertThat(second.path("items").path(0).path("iteration").asInt()).isEqualTo(2);
        assertThat(second.has("next")).isFalse();
    }

    @Test
    void gatesTellWhatTheyFound() {
        JsonNode gates = json(get(VIEWER, "/api/v1/runs/" + run + "/gates")).path("items");
        assertThat(gates).hasSize(2);
        assertThat(gates.path(0).path("passed").asBoolean()).isFalse();
        assertThat(gates.path(0).path("feedback").asString()).contains("NOT OK: factorial 5");
        assertThat(gates.path(1).path("number").asInt()).isEqualTo(2);
        assertThat(gates.path(1).path("passed").asBoolean()).isTrue();
    }

    @Test
    void gatesAndCheckpointsComeByPages() {
        JsonNode gate = json(get(VIEWER, "/api/v1/runs/" + run + "/gates?limit=1"));
        assertThat(gate.path("items")).hasSize(1);
        assertThat(gate.path("next").asString()).isEqualTo("1");
        JsonNode rest = json(get(VIEWER, "/api/v1/runs/" + run + "/gates?limit=1&after=1"));
        assertThat(rest.path("items").path(0).path("number").asInt()).isEqualTo(2);
        assertThat(rest.has("next")).isFalse();

        JsonNode first = json(get(VIEWER, "/api/v1/runs/" + run + "/checkpoints?limit=1"));
        assertThat(first.path("items").path(0).path("number").asInt()).isZero();
        assertThat(first.path("next").asString()).isEqualTo("0");
        JsonNode second = json(get(VIEWER, "/api/v1/runs/" + run + "/checkpoints?limit=1&after=0"));
        assertThat(second.path("items").path(0).path("number").asInt()).isEqualTo(1);
        assertInvalid(get(VIEWER, "/api/v1/runs/" + run + "/checkpoints?after=-1"), "after");
    }

    @Test
    void fullOutputsArePlainText() {
        HttpResponse<String> attempt = get(VIEWER, "/api/v1/runs/" + run + "/iterations/1/attempts/1/output");
        assertThat(attempt.statusCode()).as(attempt.body()).isEqualTo(200);
        assertThat(attempt.body()).contains("I have mended add in calc.sh.\n").contains("LOOP_COMPLETE\n");
        assertThat(attempt.headers().firstValue("Content-Type")).hasValue("text/plain;charset=UTF-8");
        assertThat(attempt.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");

        HttpResponse<String> gate = get(VIEWER, "/api/v1/runs/" + run + "/gates/1/output");
        assertThat(gate.body()).contains("ok: add 2 3 = 5\n").contains("NOT OK: factorial 5");
        assertThat(gate.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    }

    @Test
    void outputsThatAreNotThereAreProblems() {
        String address = "/api/v1/runs/" + run;
        assertProblem(get(VIEWER, address + "/iterations/9/attempts/1/output"), 404, "part-not-found");
        assertProblem(get(VIEWER, address + "/gates/9/output"), 404, "part-not-found");
        assertProblem(get(VIEWER, address + "/iterations/x/attempts/1/output"), 400, "other");
    }

    @Test
    void aDiffShowsWhatChangedBetweenCheckpoints() {
        JsonNode checkpoints =
                json(get(VIEWER, "/api/v1/runs/" + run + "/checkpoints")).path("items");
        assertThat(checkpoints.size()).isGreaterThanOrEqualTo(3);
        assertThat(checkpoints.path(0).path("number").asInt()).isZero();
        assertThat(checkpoints.path(0).has("ref")).isFalse();

        HttpResponse<String> whole = get(VIEWER, "/api/v1/runs/" + run + "/diff");
        assertThat(whole.body()).contains("+add() { echo $(($1 + $2)); }").contains("+factorial()");
        assertThat(whole.headers().firstValue("Content-Type")).hasValue("text/plain;charset=UTF-8");
        assertThat(get(VIEWER, "/api/v1/runs/" + run + "/diff?from=0&to=1").body())
                .doesNotContain("+factorial()");
        assertProblem(get(VIEWER, "/api/v1/runs/" + run + "/diff?from=0&to=77"), 404, "part-not-found");
        assertInvalid(get(VIEWER, "/api/v1/runs/" + run + "/diff?maxChars=0"), "maxChars");
    }

    @Test
    void aRollbackRestoresACheckpoint() {
        JsonNode report = json(post(OPERATOR, "/api/v1/runs/" + run + "/rollback", "{\"checkpoint\": 2}"));
        assertThat(report.path("checkpoint").asInt()).isEqualTo(2);
        assertThat(report.path("before").asString()).hasSizeGreaterThan(10);
        assertProblem(
                post(OPERATOR, "/api/v1/runs/" + run + "/rollback", "{\"checkpoint\": 99}"), 404, "part-not-found");
        assertInvalid(post(OPERATOR, "/api/v1/runs/" + run + "/rollback", "{}"), "checkpoint");
    }

    @Test
    void commandsToARunThatHasEndedAreConflicts() {
        assertProblem(post(OPERATOR, "/api/v1/runs/" + run + "/pause", ""), 409, "run-state");
        assertProblem(post(OPERATOR, "/api/v1/runs/" + run + "/resume", ""), 409, "run-state");
        assertProblem(post(OPERATOR, "/api/v1/runs/" + run + "/retry", ""), 409, "run-state");
        assertProblem(post(OPERATOR, "/api/v1/runs/" + run + "/guide", "{\"text\": \"Go on.\"}"), 409, "run-state");
        assertThat(post(OPERATOR, "/api/v1/runs/" + run + "/cancel", "").statusCode())
                .as("without effect")
                .isEqualTo(202);
    }

    @Test
    void costsAddUpByDayAgentAndLabel() {
        JsonNode all = json(get(VIEWER, "/api/v1/costs")).path("items");
        assertThat(all.path(0).path("attempts").asInt()).isGreaterThanOrEqualTo(2);
        assertThat(all.path(0).path("spend").path("total").isNumber()).isTrue();

        JsonNode rows = json(get(
                        VIEWER, "/api/v1/costs?by=day,agent&byLabel=host.workspace&label.team=tools&agent=scripted"))
                .path("items");
        assertThat(rows).hasSize(1);
        assertThat(rows.path(0).path("agent").asString()).isEqualTo("scripted");
        assertThat(rows.path(0).path("label").asString()).isEqualTo("demo");
        assertThat(rows.path(0).path("day").asString()).matches("\\d{4}-\\d\\d-\\d\\d");
        assertInvalid(get(VIEWER, "/api/v1/costs?by=hour"), "by");
    }

    @Test
    void theTrailTellsWhoSubmittedItAndFromWhere() {
        JsonNode entries =
                json(get(ADMIN, "/api/v1/audit?action=run.submit&run=" + run)).path("items");
        assertThat(entries).hasSize(1);
        assertThat(entries.path(0).path("principal").asString()).isEqualTo("key:olive");
        assertThat(entries.path(0).path("address").asString()).isEqualTo("127.0.0.1");
        assertThat(entries.path(0).path("run").asString()).isEqualTo(run);

        HttpResponse<String> page = get(ADMIN, "/api/v1/audit?order=oldest&limit=1&run=" + run);
        String next = json(page).path("next").asString();
        assertThat(page.headers().firstValue("Link"))
                .hasValueSatisfying(
                        link -> assertThat(link).contains("after=" + next).contains("order=oldest"));
        assertThat(json(get(ADMIN, "/api/v1/audit?order=oldest&limit=1&after=" + next + "&run=" + run))
                        .path("items")
                        .path(0)
                        .path("number")
                        .asLong())
                .isGreaterThan(json(page).path("items").path(0).path("number").asLong());
        assertInvalid(get(ADMIN, "/api/v1/audit?order=sideways"), "order");
        assertInvalid(get(ADMIN, "/api/v1/audit?run=1"), "run");
        assertInvalid(get(ADMIN, "/api/v1/audit?after=x"), "after");
    }

    @Test
    void itsEventsCanBeReadAPageAtATime() {
        HttpResponse<String> first = get(VIEWER, "/api/v1/runs/" + run + "/events?limit=3");
        JsonNode page = json(first);
        assertThat(page.path("items").path(0).path("type").asString()).isEqualTo("RunSubmitted");
        assertThat(page.path("items").path(0).path("run").asString()).isEqualTo(run);
        assertThat(page.path("items").path(0).path("seq").asLong()).isEqualTo(1);
        assertThat(page.path("next").asString()).isEqualTo("3");
        JsonNode rest = json(get(VIEWER, "/api/v1/runs/" + run + "/events?limit=1000&after=3"));
        assertThat(rest.path("items").path(0).path("seq").asLong()).isEqualTo(4);
        assertThat(rest.path("items")
                        .path(rest.path("items").size() - 1)
                        .path("type")
                        .asString())
                .isEqualTo("RunEnded");
        assertThat(rest.has("next")).isFalse();
        assertInvalid(get(VIEWER, "/api/v1/runs/" + run + "/iterations?limit=101"), "limit");
    }

    @Test
    void anotherTenantSeesNothingOfIt() {
        String unknown = "019a0000-0000-7000-8000-000000000000";
        for (String path : new String[] {
            "",
            "/iterations",
            "/gates",
            "/checkpoints",
            "/events",
            "/diff",
            "/gates/1/output",
            "/iterations/1/attempts/1/output"
        }) {
            HttpResponse<String> strange = get(STRANGER, "/api/v1/runs/" + run + path);
            assertProblem(strange, 404, "run-not-found");
            assertThat(strange.body())
                    .as("as one that does not exist")
                    .isEqualTo(get(STRANGER, "/api/v1/runs/" + unknown + path)
                            .body()
                            .replace(unknown, run));
        }
        for (String command : new String[] {"pause", "resume", "cancel", "retry"}) {
            assertProblem(post(STRANGER, "/api/v1/runs/" + run + "/" + command, ""), 404, "run-not-found");
        }
        assertProblem(post(STRANGER, "/api/v1/runs/" + run + "/guide", "{\"text\":\"x\"}"), 404, "run-not-found");
        assertProblem(post(STRANGER, "/api/v1/runs/" + run + "/rollback", "{\"checkpoint\":0}"), 404, "run-not-found");
        assertProblem(
                get(STRANGER, "/api/v1/runs/" + run + "/events", "Accept", "text/event-stream"), 404, "run-not-found");
        assertThat(json(get(STRANGER, "/api/v1/runs?limit=1000")).path("items")).isEmpty();
        assertThat(json(get(STRANGER, "/api/v1/costs")).path("items")).isEmpty();
        assertThat(json(get(STRANGER, "/api/v1/audit?run=" + run)).path("items"))
                .isEmpty();
        assertProblem(get(VIEWER, "/api/v1/runs/no-id"), 404, "run-not-found");
        assertProblem(get(VIEWER, "/api/v1/runs/" + unknown), 404, "run-not-found");
    }
}
