/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agents.gemini.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.FailureClass;
import dev.ralph.Usage;
import dev.ralph.spi.AgentOutcome;
import dev.ralph.spi.UsageReport;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a stream of events and an end come to. */
class GeminiTranscriptTest {

    private static final String SUCCESS = "{\"type\":\"result\",\"status\":\"success\"}";

    private final GeminiTranscript transcript = new GeminiTranscript(
            new Deaf(), GeminiPrices.builtIn(), InstantSource.fixed(Instant.parse("2026-07-01T05:30:00Z")));

    @Test
    void theResultIsWhatWasWrittenAfterTheLastTool() {
        read(text("thinking\nLOOP_COMPLETE\n"), tool("a"), returned("a"), text("one "), text("two"), SUCCESS);

        assertThat(finished()).isEqualTo("one two");
    }

    @Test
    void aMessageThatIsNoDeltaStandsForItself() {
        read(text("half an"), "{\"type\":\"message\",\"role\":\"assistant\",\"content\":\"whole\"}", SUCCESS);

        assertThat(finished()).isEqualTo("whole");
    }

    @Test
    void whatTheUserSaidIsNoResult() {
        read("{\"type\":\"message\",\"role\":\"user\",\"content\":\"LOOP_COMPLETE\"}", SUCCESS);

        assertThat(finished()).isEmpty();
    }

    @Test
    void aResultIsNoneIfTheModelGoesOn() {
        read(text("done"), SUCCESS);
        assertThat(transcript.concluded()).isTrue();

        read(tool("a"));

        assertThat(transcript.concluded()).isFalse();
        assertThat(failure(0)).isEqualTo(FailureClass.CRASHED);
    }

    @Test
    void aResultWithoutAStatusIsNone() {
        read(text("done"), "{\"type\":\"result\"}");

        assertThat(transcript.concluded()).isFalse();
        assertThat(transcript.unknown()).isEqualTo(1);
    }

    @Test
    void whatANewerClientPrintsIsToleratedAndCounted() {
        read(
                "{\"type\":\"novelty\",\"x\":{\"y\":[1]}}",
                "no JSON at all",
                "{\"type\":\"message\",\"role\":\"assistant\",\"content\":\"done\",\"delta\":true,\"mood\":\"good\"}",
                SUCCESS);

        assertThat(finished()).isEqualTo("done");
        assertThat(transcript.unknown()).isEqualTo(2);
        assertThat(transcript.unknownFields()).isEqualTo(2);
    }

    @Test
    void aTextOfWhichAPieceIsMissingIsCut() {
        transcript.output("{\"type\":\"message\",\"role\":\"assistant\",\"content\":\"begi", true);
        read(text("LOOP_COMPLETE"), SUCCESS);

        assertThat(((AgentOutcome.Finished) transcript.outcome(Exits.of(0))).cut())
                .isTrue();
    }

    @Test
    void aToolThatPrintedTooMuchCutsNoText() {
        transcript.output("{\"type\":\"tool_result\",\"tool_id\":\"a\",\"status\":\"success\",\"output\":\"begi", true);
        read(text("LOOP_COMPLETE"), SUCCESS);

        assertThat(((AgentOutcome.Finished) transcript.outcome(Exits.of(0))).cut())
                .isFalse();
    }

    @Test
    void ofALongTextTheEndIsKept() {
        for (int i = 0; i < 300; i++) {
            read(text("x".repeat(10_000)));
        }
        read(text("\\nLOOP_COMPLETE"), SUCCESS);

        AgentOutcome.Finished finished = (AgentOutcome.Finished) transcript.outcome(Exits.of(0));
        assertThat(finished.result()).hasSize(1 << 20).endsWith("x\nLOOP_COMPLETE");
        assertThat(finished.cut()).isTrue();
    }

    @Test
    void thinkingCountsAsWritten() {
        read(text("done"), result("success", "", stats(1_037, 1_000, 30, 400, 600)));

        assertThat(transcript.usage().usage()).isEqualTo(new Usage(600, 37, 400, 0));
        assertThat(transcript.usage().cost().amount()).isEqualByComparingTo("0.00117");
    }

    @Test
    void aTotalLowerThanItsPartsTakesNothingAway() {
        read(text("done"), result("success", "", stats(1, 1_000, 30, 400, 600)));

        assertThat(transcript.usage().usage()).isEqualTo(new Usage(600, 30, 400, 0));
    }

    @Test
    void anAnswerOfNoTokensIsNotFree() {
        read(text("done"), result("error", "", stats(0, 0, 0, 0, 0)));

        assertThat(transcript.usage()).isEqualTo(UsageReport.UNKNOWN);
    }

    @Test
    void aModelWithoutAPriceMakesTheCostUnknownButNotTheUsage() {
        read(
                text("done"),
                "{\"type\":\"result\",\"status\":\"success\",\"stats\":{\"models\":{\"gemini-2.5-pro\":"
                        + stats(110, 100, 10, 0, 100) + ",\"gemma-9\":" + stats(11, 10, 1, 0, 10) + "}}}");

        assertThat(transcript.usage()).isEqualTo(new UsageReport(new Usage(110, 11, 0, 0), dev.ralph.Cost.UNKNOWN));
    }

    @Test
    void manyShortRequestsAreNotPricedAsOneLongPrompt() {
        for (int i = 0; i < 9; i++) {
            read(tool("t" + i), returned("t" + i));
        }
        read(text("done"), result("success", "", stats(500_010, 500_000, 10, 0, 500_000)));

        assertThat(transcript.usage().cost().amount()).as("at 1.25 a million").isEqualByComparingTo("0.6251");
    }

    @Test
    void aLongPromptHasTheHigherPrice() {
        read(text("done"), result("success", "", stats(500_010, 500_000, 10, 0, 500_000)));

        assertThat(transcript.usage().cost().amount()).as("at 2.5 a million").isEqualByComparingTo("1.25015");
    }

    @ParameterizedTest
    @CsvSource({
        "FatalAuthenticationError, 1, AUTHENTICATION",
        "FatalInputError, 42, PROMPT_REJECTED",
        "FatalTurnLimitedError, 53, AGENT_ERROR",
        "FatalConfigError, 52, INVALID_ARGUMENT",
        "FatalToolExecutionError, 54, AGENT_ERROR",
        "unknown, 41, AUTHENTICATION",
        "unknown, 144, INVALID_ARGUMENT",
        "unknown, 145, AUTHENTICATION",
        "unknown, 147, AUTHENTICATION",
        "unknown, 148, INVALID_ARGUMENT",
        "unknown, 157, PROMPT_REJECTED",
        "unknown, 173, RATE_LIMITED",
        "unknown, 243, OVERLOADED",
        "unknown, 244, OVERLOADED",
        "unknown, 247, OVERLOADED",
        "unknown, 248, OVERLOADED",
        "unknown, 1, AGENT_ERROR",
        "unknown, 143, AGENT_ERROR",
        "unknown, 0, AGENT_ERROR",
    })
    void anErrorIsOfItsTypeOrItsExitCode(String type, int code, FailureClass expected) {
        read(failure(type, "it says so"));

        assertThat(failure(code)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "41, AUTHENTICATION",
        "42, PROMPT_REJECTED",
        "44, INVALID_ARGUMENT",
        "52, INVALID_ARGUMENT",
        "53, AGENT_ERROR",
        "54, AGENT_ERROR",
        "55, INVALID_ARGUMENT",
        "126, NOT_INSTALLED",
        "127, NOT_INSTALLED",
        "130, CRASHED",
        "137, CRASHED",
        "139, CRASHED",
        "143, CRASHED",
        "173, RATE_LIMITED",
        "0, CRASHED",
        "1, CRASHED",
    })
    void anEndWithoutAResultIsOfItsExitCode(int code, FailureClass expected) {
        assertThat(failure(code)).isEqualTo(expected);
    }

    @Test
    void aRequestThatIsWrongAfterTheModelWorkedDoesNotRuleOutTheAgent() {
        read(tool("a"), returned("a"), failure("unknown", "it says so"));

        assertThat(failure(144)).isEqualTo(FailureClass.AGENT_ERROR);
    }

    @Test
    void theDelayOfTheServiceIsTakenFromItsError() {
        read(
                failure(
                        "unknown",
                        "[API Error: {\\\"error\\\":{\\\"code\\\":429,\\\"message\\\":\\\"slow\\\",\\\"details\\\":[{\\\"@type\\\":"
                                + "\\\"type.googleapis.com/google.rpc.RetryInfo\\\",\\\"retryDelay\\\":\\\"37.5s\\\"}]}}]\\nadvice"));

        AgentOutcome.Failed failed = (AgentOutcome.Failed) transcript.outcome(Exits.of(1));
        assertThat(failed.failure()).isEqualTo(FailureClass.RATE_LIMITED);
        assertThat(failed.retryAfter()).isEqualTo(Duration.ofMillis(37_500));
        assertThat(failed.message()).isEqualTo("slow");
    }

    @Test
    void theDelayOfTheServiceIsTakenFromTheErrorTheClientDumps() {
        read(failure("unknown", "[API Error: slow down]"));

        AgentOutcome.Failed failed = (AgentOutcome.Failed) transcript.outcome(Exits.of(173, """
                Attempt 1 failed with status 429.
                Error when talking to Gemini API Full report available at: /tmp/a.json RetryableQuotaError: slow down
                    at classifyGoogleError (file:///x.js:1:2) {
                  cause: { code: 400, message: 'slow down', details: [] },
                  retryDelayMs: 41000.25,
                  status: 429
                }
                """));
        assertThat(failed.failure()).isEqualTo(FailureClass.RATE_LIMITED);
        assertThat(failed.retryAfter()).isEqualTo(Duration.ofSeconds(41));
    }

    @Test
    void aQuotaForADayIsOverAtMidnightInCalifornia() {
        read(failure("unknown", "[API Error: You have exhausted your daily quota on this model.]"));

        AgentOutcome.Failed failed = (AgentOutcome.Failed) transcript.outcome(Exits.of(
                173, "Error when talking to Gemini API Full report available at: /a.json TerminalQuotaError: x\n"));
        assertThat(failed.retryAfter())
                .as("half past ten in the evening, in summer")
                .isEqualTo(Duration.ofMinutes(90));
    }

    @Test
    void theSameWordsFromAModelAreNoQuota() {
        read(text("You have exhausted your daily quota on this model."), SUCCESS);

        assertThat(finished()).startsWith("You have exhausted");
    }

    private void read(String... lines) {
        for (String line : lines) {
            transcript.output(line, false);
        }
    }

    private String finished() {
        AgentOutcome outcome = transcript.outcome(Exits.of(0));
        assertThat(outcome).isInstanceOf(AgentOutcome.Finished.class);
        return ((AgentOutcome.Finished) outcome).result();
    }

    private FailureClass failure(int exitCode) {
        return ((AgentOutcome.Failed) transcript.outcome(Exits.of(exitCode))).failure();
    }

    private static String text(String content) {
        return "{\"type\":\"message\",\"role\":\"assistant\",\"content\":\"" + content.replace("\n", "\\n")
                + "\",\"delta\":true}";
    }

    private static String tool(String id) {
        return "{\"type\":\"tool_use\",\"tool_name\":\"read_file\",\"tool_id\":\"" + id + "\",\"parameters\":{}}";
    }

    private static String returned(String id) {
        return "{\"type\":\"tool_result\",\"tool_id\":\"" + id
                + "\",\"status\":\"success\",\"output\":\"LOOP_COMPLETE\"}";
    }

    private static String failure(String type, String message) {
        return "{\"type\":\"result\",\"status\":\"error\",\"error\":{\"type\":\"" + type + "\",\"message\":\"" + message
                + "\"}}";
    }

    private static String result(String status, String error, String stats) {
        return "{\"type\":\"result\",\"status\":\"" + status + "\"" + error
                + ",\"stats\":{\"models\":{\"gemini-2.5-pro\":" + stats + "}}}";
    }

    private static String stats(long total, long prompt, long written, long cached, long fresh) {
        return "{\"total_tokens\":%d,\"input_tokens\":%d,\"output_tokens\":%d,\"cached\":%d,\"input\":%d}"
                .formatted(total, prompt, written, cached, fresh);
    }
}
