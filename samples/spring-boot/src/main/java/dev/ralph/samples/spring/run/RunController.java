/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.run;

import dev.ralph.GateRecord;
import dev.ralph.IterationRecord;
import dev.ralph.Run;
import dev.ralph.RunQuery;
import dev.ralph.RunStatus;
import dev.ralph.StopReason;
import dev.ralph.samples.spring.access.Caller;
import dev.ralph.samples.spring.web.Listing;
import dev.ralph.samples.spring.web.QueryParameters;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Lists runs and shows what is known of one. */
@RestController
@RequestMapping("/api/v1/runs")
@Tag(name = "runs")
public final class RunController {

    private static final Set<String> FILTERS = Set.of(
            "status",
            "reason",
            "agent",
            "subject",
            "label.<name>",
            "createdFrom",
            "createdBefore",
            QueryParameters.LIMIT,
            QueryParameters.AFTER);

    /** Each takes a query for its attempts. */
    private static final int MOST_ITERATIONS = 100;

    private final TenantRuns runs;

    public RunController(TenantRuns runs) {
        this.runs = runs;
    }

    @GetMapping
    @Operation(
            summary = "List runs, newest first",
            description = "Pages by key: 'next', or the header Link, leads to the next page. A label is asked for by"
                    + " label.<name>=<value>; the names a run was submitted with are the labels host.workspace,"
                    + " host.agents and host.gates.",
            parameters = {
                @Parameter(in = ParameterIn.QUERY, name = "status", description = "any of these, with commas between"),
                @Parameter(in = ParameterIn.QUERY, name = "reason", description = "ended for any of these"),
                @Parameter(in = ParameterIn.QUERY, name = "agent", description = "names this adapter"),
                @Parameter(in = ParameterIn.QUERY, name = "subject", description = "about this subject"),
                @Parameter(
                        in = ParameterIn.QUERY,
                        name = "createdFrom",
                        description = "submitted at this time or later",
                        schema = @Schema(type = "string", format = "date-time")),
                @Parameter(
                        in = ParameterIn.QUERY,
                        name = "createdBefore",
                        description = "submitted before this time",
                        schema = @Schema(type = "string", format = "date-time")),
                @Parameter(
                        in = ParameterIn.QUERY,
                        name = "limit",
                        description = "runs a page at most",
                        schema = @Schema(type = "integer", minimum = "1", maximum = "1000", defaultValue = "50")),
                @Parameter(in = ParameterIn.QUERY, name = "after", description = "'next' of the page before")
            })
    @ApiResponse(responseCode = "200", description = "A page of runs")
    ResponseEntity<Listing<RunView>> list(@Parameter(hidden = true) Caller caller, HttpServletRequest request) {
        QueryParameters query = QueryParameters.of(request, FILTERS);
        RunQuery wanted = new RunQuery(
                query.anyOf("status", RunStatus.class),
                query.anyOf("reason", StopReason.class),
                query.text("agent"),
                caller.tenant(),
                new TenantScope(caller.tenant()).stored(query.text("subject")),
                query.labels(),
                query.time("createdFrom"),
                query.time("createdBefore"),
                query.limit(),
                query.text(QueryParameters.AFTER));
        return Listing.page(runs.list(caller, wanted), RunView::of, query);
    }

    @GetMapping("/{id}")
    @Operation(summary = "How a run stands")
    RunView get(@Parameter(hidden = true) Caller caller, @PathVariable String id) {
        return RunView.of(runs.find(caller, id).snapshot());
    }

    @GetMapping("/{id}/iterations")
    @Operation(
            summary = "Recorded iterations with their attempts, in order",
            parameters = {
                @Parameter(
                        in = ParameterIn.QUERY,
                        name = "after",
                        description = "those after this number",
                        schema = @Schema(type = "integer", defaultValue = "0")),
                @Parameter(
                        in = ParameterIn.QUERY,
                        name = "limit",
                        schema = @Schema(type = "integer", minimum = "1", maximum = "100", defaultValue = "50"))
            })
    @ApiResponse(responseCode = "200", description = "A page of iterations")
    ResponseEntity<Listing<IterationView>> iterations(
            @Parameter(hidden = true) Caller caller, @PathVariable String id, HttpServletRequest request) {
        QueryParameters query = QueryParameters.of(request, Set.of(QueryParameters.AFTER, QueryParameters.LIMIT));
        int limit = query.limit(MOST_ITERATIONS);
        int after = (int) query.number(QueryParameters.AFTER, 0, 0, Integer.MAX_VALUE);
        Run run = runs.find(caller, id).run();
        List<IterationRecord> found = run.iterations(after, limit);
        List<IterationView> items = found.stream()
                .map(iteration -> IterationView.of(iteration, run.attempts(iteration.iteration())))
                .toList();
        String next = found.size() < limit
                ? null
                : Integer.toString(found.get(found.size() - 1).iteration());
        return Listing.page(new Listing<>(items, next), query);
    }

    @GetMapping("/{id}/gates")
    @Operation(
            summary = "What gates said, in order",
            parameters = {
                @Parameter(
                        in = ParameterIn.QUERY,
                        name = "after",
                        description = "those after this number",
                        schema = @Schema(type = "integer", defaultValue = "0")),
                @Parameter(
                        in = ParameterIn.QUERY,
                        name = "limit",
                        schema = @Schema(type = "integer", minimum = "1", maximum = "1000", defaultValue = "50"))
            })
    ResponseEntity<Listing<GateView>> gates(
            @Parameter(hidden = true) Caller caller, @PathVariable String id, HttpServletRequest request) {
        QueryParameters query = QueryParameters.of(request, Set.of(QueryParameters.AFTER, QueryParameters.LIMIT));
        List<GateRecord> gates = runs.find(caller, id).run().gates();
        int from = (int) Math.min(query.number(QueryParameters.AFTER, 0, 0, Integer.MAX_VALUE), gates.size());
        int to = (int) Math.min((long) from + query.limit(), gates.size());
        List<GateView> items = IntStream.range(from, to)
                .mapToObj(index -> GateView.of(index + 1, gates.get(index)))
                .toList();
        return Listing.page(new Listing<>(items, to < gates.size() ? Integer.toString(to) : null), query);
    }

    @GetMapping("/{id}/checkpoints")
    @Operation(
            summary = "States of the workspace one can go back to, in order",
            parameters = {
                @Parameter(
                        in = ParameterIn.QUERY,
                        name = "after",
                        description = "those after this number; with the first one, which is 0, without it",
                        schema = @Schema(type = "integer")),
                @Parameter(
                        in = ParameterIn.QUERY,
                        name = "limit",
                        schema = @Schema(type = "integer", minimum = "1", maximum = "1000", defaultValue = "50"))
            })
    ResponseEntity<Listing<CheckpointView>> checkpoints(
            @Parameter(hidden = true) Caller caller, @PathVariable String id, HttpServletRequest request) {
        QueryParameters query = QueryParameters.of(request, Set.of(QueryParameters.AFTER, QueryParameters.LIMIT));
        long after = query.number(QueryParameters.AFTER, -1, 0, Integer.MAX_VALUE);
        List<CheckpointView> rest = runs.find(caller, id).run().checkpoints().stream()
                .filter(checkpoint -> checkpoint.number() > after)
                .map(CheckpointView::of)
                .toList();
        List<CheckpointView> items = rest.subList(0, Math.min(query.limit(), rest.size()));
        String next = items.size() < rest.size()
                ? Integer.toString(items.get(items.size() - 1).number())
                : null;
        return Listing.page(new Listing<>(items, next), query);
    }
}
