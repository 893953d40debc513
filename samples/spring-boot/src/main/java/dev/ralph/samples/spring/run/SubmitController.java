/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.run;

import dev.ralph.samples.spring.access.Caller;
import dev.ralph.samples.spring.event.EventStreams;
import dev.ralph.samples.spring.event.StreamPlaces;
import dev.ralph.samples.spring.web.EventStreamRequests;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Takes submissions. */
@RestController
@Tag(name = "runs")
public final class SubmitController {

    private static final String RUNS = "/api/v1/runs";

    private final Submission submission;
    private final EventStreams streams;

    public SubmitController(Submission submission, EventStreams streams) {
        this.submission = submission;
        this.streams = streams;
    }

    @PostMapping(
            value = RUNS,
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.TEXT_EVENT_STREAM_VALUE})
    @Operation(
            summary = "Submit a run",
            description = "Answers at once; with 'Accept: text/event-stream' with the run's events, until it ends."
                    + " The same Idempotency-Key and body again give the same run.")
    @ApiResponse(
            responseCode = "201",
            description = "The run is stored and queued",
            headers = @Header(name = "Location", description = "where the run is"),
            content = @Content(schema = @Schema(implementation = RunView.class)))
    @ApiResponse(responseCode = "200", description = "The run was submitted before, with the same key")
    @ApiResponse(responseCode = "409", ref = "Problem")
    @ApiResponse(responseCode = "413", ref = "Problem")
    @ApiResponse(responseCode = "422", ref = "Problem")
    @Nullable ResponseEntity<RunView> submit(
            @Parameter(hidden = true) Caller caller,
            @RequestHeader(name = IdempotencyKey.HEADER, required = false) @Nullable String key,
            @RequestBody RunRequest body,
            HttpServletRequest request,
            HttpServletResponse response) {
        boolean follow = EventStreamRequests.wanted(request);
        StreamPlaces.Place place = follow ? streams.reserve(caller) : null;
        try {
            Submission.Submitted submitted = submission.submit(caller, body, IdempotencyKey.parse(key));
            String location = RUNS + "/" + submitted.run().id();
            HttpStatus status = submitted.fresh() ? HttpStatus.CREATED : HttpStatus.OK;
            if (place == null) {
                return ResponseEntity.status(status)
                        .header(HttpHeaders.LOCATION, location)
                        .body(RunView.of(submitted.run().snapshot()));
            }
            response.setStatus(status.value());
            response.setHeader(HttpHeaders.LOCATION, location);
            streams.begin(place, submitted.run(), 0, request, response);
            place = null;
            return null;
        } finally {
            if (place != null) {
                place.close();
            }
        }
    }
}
