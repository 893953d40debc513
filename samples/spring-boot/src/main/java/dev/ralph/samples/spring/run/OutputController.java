/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.run;

import dev.ralph.CheckpointRecord;
import dev.ralph.GateRecord;
import dev.ralph.Run;
import dev.ralph.RunOutput;
import dev.ralph.samples.spring.access.Caller;
import dev.ralph.samples.spring.catalog.HostProperties;
import dev.ralph.samples.spring.problem.ProblemException;
import dev.ralph.samples.spring.problem.ProblemType;
import dev.ralph.samples.spring.web.QueryParameters;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Gives out what programs printed and changed: as plain text, whatever it looks like, and never the whole of it in memory.
 */
@RestController
@RequestMapping("/api/v1/runs/{id}")
@Tag(name = "outputs")
public final class OutputController {

    private static final String PLAIN_TEXT = "text/plain;charset=UTF-8";
    private static final int MOST_DIFF = 1_000_000;
    private static final int USUAL_DIFF = 200_000;

    private final TenantRuns runs;
    private final SlowRequests slow;
    private final Duration timeout;

    OutputController(TenantRuns runs, SlowRequests slow, HostProperties properties) {
        this.runs = runs;
        this.slow = slow;
        this.timeout = properties.requests().outputTimeout();
    }

    @GetMapping("/iterations/{iteration}/attempts/{attempt}/output")
    @Operation(summary = "All an attempt printed, secrets masked")
    @ApiResponse(
            responseCode = "200",
            description = "The output; if the connection is cut before the end, it is not whole",
            content = @Content(mediaType = MediaType.TEXT_PLAIN_VALUE, schema = @Schema(type = "string")))
    void attempt(
            @Parameter(hidden = true) Caller caller,
            @PathVariable String id,
            @PathVariable int iteration,
            @PathVariable int attempt,
            HttpServletResponse response)
            throws IOException {
        Run run = runs.find(caller, id).run();
        slow.run(caller, () -> send(() -> run.output(iteration, attempt), response));
    }

    @GetMapping("/gates/{number}/output")
    @Operation(summary = "All a gate printed, secrets masked")
    @ApiResponse(
            responseCode = "200",
            description = "The output; if the connection is cut before the end, it is not whole",
            content = @Content(mediaType = MediaType.TEXT_PLAIN_VALUE, schema = @Schema(type = "string")))
    void gate(
            @Parameter(hidden = true) Caller caller,
            @PathVariable String id,
            @PathVariable int number,
            HttpServletResponse response)
            throws IOException {
        Run run = runs.find(caller, id).run();
        List<GateRecord> gates = run.gates();
        if (number < 1 || number > gates.size()) {
            throw new ProblemException(ProblemType.PART_NOT_FOUND, "The run has no gate result of this number.");
        }
        slow.run(caller, () -> send(() -> run.output(gates.get(number - 1)), response));
    }

    @GetMapping("/diff")
    @Operation(
            summary = "What changed between two checkpoints, as a unified diff",
            parameters = {
                @Parameter(
                        in = ParameterIn.QUERY,
                        name = "from",
                        description = "the earlier checkpoint; 0 is the state the run began with",
                        schema = @Schema(type = "integer", defaultValue = "0")),
                @Parameter(
                        in = ParameterIn.QUERY,
                        name = "to",
                        description = "the later checkpoint; the last one without it",
                        schema = @Schema(type = "integer")),
                @Parameter(
                        in = ParameterIn.QUERY,
                        name = "maxChars",
                        description = "cut after so many characters",
                        schema = @Schema(type = "integer", maximum = "1000000", defaultValue = "200000"))
            })
    @ApiResponse(
            responseCode = "200",
            description = "The diff; cut with a last line that says so",
            content = @Content(mediaType = MediaType.TEXT_PLAIN_VALUE, schema = @Schema(type = "string")))
    void diff(
            @Parameter(hidden = true) Caller caller,
            @PathVariable String id,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        QueryParameters query = QueryParameters.of(request, Set.of("from", "to", "maxChars"));
        Run run = runs.find(caller, id).run();
        List<CheckpointRecord> checkpoints = run.checkpoints();
        if (checkpoints.isEmpty()) {
            throw new ProblemException(ProblemType.PART_NOT_FOUND, "The run has no checkpoints.");
        }
        int last = checkpoints.get(checkpoints.size() - 1).number();
        int from = (int) query.number("from", 0, 0, Integer.MAX_VALUE);
        int to = (int) query.number("to", last, 0, Integer.MAX_VALUE);
        int maxChars = (int) query.number("maxChars", USUAL_DIFF, 1, MOST_DIFF);
        slow.run(caller, () -> {
            byte[] diff = run.diff(from, to, maxChars).getBytes(StandardCharsets.UTF_8);
            asPlainText(response);
            response.setContentLength(diff.length);
            new TimedOutput(response.getOutputStream(), timeout).write(diff);
            return true;
        });
    }

    private interface Source {
        Optional<RunOutput> open();
    }

    private boolean send(Source source, HttpServletResponse response) throws IOException {
        try (RunOutput output = source.open()
                .orElseThrow(
                        () -> new ProblemException(
                                ProblemType.PART_NOT_FOUND,
                                "There is no such output here: nothing was printed, it is not kept, or it is on another node."))) {
            asPlainText(response);
            Writer writer = new BufferedWriter(new OutputStreamWriter(
                    new TimedOutput(response.getOutputStream(), timeout), StandardCharsets.UTF_8));
            output.copyTo(writer);
            writer.flush();
            return true;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void asPlainText(HttpServletResponse response) {
        response.setContentType(PLAIN_TEXT);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    }
}
