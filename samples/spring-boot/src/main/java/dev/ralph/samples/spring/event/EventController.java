/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.event;

import dev.ralph.Run;
import dev.ralph.event.StateEvent;
import dev.ralph.samples.spring.access.Caller;
import dev.ralph.samples.spring.run.TenantRuns;
import dev.ralph.samples.spring.web.EventStreamRequests;
import dev.ralph.samples.spring.web.InvalidRequestException;
import dev.ralph.samples.spring.web.Listing;
import dev.ralph.samples.spring.web.QueryParameters;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Gives out the events of a run: a page, or a stream. */
@RestController
@Tag(name = "events")
public final class EventController {

    private final TenantRuns runs;
    private final EventStreams streams;

    public EventController(TenantRuns runs, EventStreams streams) {
        this.runs = runs;
        this.streams = streams;
    }

    @GetMapping(
            value = "/api/v1/runs/{id}/events",
            produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.TEXT_EVENT_STREAM_VALUE})
    @Operation(
            summary = "Events of a run",
            description =
                    "A page of durable events; with 'Accept: text/event-stream' all of them as they come, until the"
                            + " run has ended. A stream goes on after Last-Event-ID. What the agent is doing at the moment comes"
                            + " without an id, and only on the node that works on the run. 204 if the run has ended and"
                            + " there is nothing after Last-Event-ID.",
            parameters = {
                @Parameter(
                        in = ParameterIn.QUERY,
                        name = "after",
                        description = "those after this number",
                        schema = @Schema(type = "integer", defaultValue = "0")),
                @Parameter(
                        in = ParameterIn.QUERY,
                        name = "limit",
                        description = "events a page at most; not for a stream",
                        schema = @Schema(type = "integer", minimum = "1", maximum = "1000", defaultValue = "50"))
            })
    @ApiResponse(responseCode = "200", description = "A page, or a stream")
    @Nullable ResponseEntity<EventPage> events(
            @Parameter(hidden = true) Caller caller,
            @PathVariable String id,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
            HttpServletRequest request,
            HttpServletResponse response) {
        QueryParameters query = QueryParameters.of(request, Set.of(QueryParameters.AFTER, QueryParameters.LIMIT));
        long after = query.number(QueryParameters.AFTER, 0, 0, Long.MAX_VALUE);
        TenantRuns.Found found = runs.find(caller, id);
        if (!EventStreamRequests.wanted(request)) {
            return page(found.run(), after, query);
        }
        return stream(caller, found, lastEventId == null ? after : number(lastEventId), request, response);
    }

    private static ResponseEntity<EventPage> page(Run run, long after, QueryParameters query) {
        List<StateEvent> events = run.events(after, query.limit());
        String next = events.size() < query.limit()
                ? null
                : Long.toString(events.get(events.size() - 1).seq());
        return Listing.linked(new EventPage(events.stream().map(PublicText::of).toList(), next), next, query);
    }

    private @Nullable ResponseEntity<EventPage> stream(
            Caller caller,
            TenantRuns.Found found,
            long after,
            HttpServletRequest request,
            HttpServletResponse response) {
        Run run = found.run();
        if (after > 0 && run.events(after - 1, 1).isEmpty()) {
            throw new InvalidRequestException(
                    "Last-Event-ID", "is the id of no event of this run; use the last that came");
        }
        if (found.snapshot().status().isFinal() && run.events(after, 1).isEmpty()) {
            return ResponseEntity.noContent().build();
        }
        streams.begin(streams.reserve(caller, run.id()), run, after, request, response);
        return null;
    }

    private static long number(String lastEventId) {
        try {
            long number = Long.parseLong(lastEventId.strip());
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Refused below.
        }
        throw new InvalidRequestException("Last-Event-ID", "must be the id of an event, a whole number");
    }
}
