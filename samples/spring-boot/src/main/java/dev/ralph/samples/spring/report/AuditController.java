/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ralph.InvalidValueException;
import dev.ralph.Orchestrator;
import dev.ralph.RunId;
import dev.ralph.audit.AuditEntry;
import dev.ralph.audit.AuditLog;
import dev.ralph.audit.AuditQuery;
import dev.ralph.audit.AuditRecord;
import dev.ralph.samples.spring.access.Caller;
import dev.ralph.samples.spring.problem.ProblemException;
import dev.ralph.samples.spring.problem.ProblemType;
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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Shows the audit trail of a tenant. */
@RestController
@Tag(name = "reports")
public final class AuditController {

    private static final Set<String> FILTERS = Set.of(
            "principal", "run", "action", "from", "before", "order", QueryParameters.LIMIT, QueryParameters.AFTER);
    private static final List<String> ORDERS = List.of("newest", "oldest");

    private final Orchestrator orchestrator;

    public AuditController(Orchestrator orchestrator) {
        this.orchestrator = orchestrator;
    }

    /**
     * An entry of the trail.
     *
     * @param number its place in the trail
     * @param id its id
     * @param at when
     * @param principal who
     * @param address from where
     * @param action what
     * @param resource to what
     * @param run to which run
     * @param outcome how it went
     * @param node the node that wrote it
     * @param details what else is known
     * @param signed whether it is signed
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "AuditEntry")
    public record Entry(
            long number,
            UUID id,
            Instant at,
            String principal,
            @Nullable String address,
            String action,
            String resource,
            @Nullable RunId run,
            String outcome,
            String node,
            Map<String, String> details,
            boolean signed) {

        static Entry of(AuditRecord record) {
            AuditEntry entry = record.entry();
            return new Entry(
                    record.number(),
                    entry.id(),
                    entry.at(),
                    entry.principal(),
                    entry.address(),
                    entry.action(),
                    entry.resource(),
                    entry.run(),
                    entry.outcome(),
                    entry.node(),
                    entry.details(),
                    record.signedBy() != null);
        }
    }

    @GetMapping("/api/v1/audit")
    @Operation(
            summary = "Who did what to the tenant's runs",
            description = "Pages by key: 'next', or the header Link, leads to the next page.",
            parameters = {
                @Parameter(in = ParameterIn.QUERY, name = "principal", description = "done by this one"),
                @Parameter(in = ParameterIn.QUERY, name = "run", description = "done to this run"),
                @Parameter(
                        in = ParameterIn.QUERY,
                        name = "action",
                        description = "this was done",
                        example = "run.submit"),
                @Parameter(
                        in = ParameterIn.QUERY,
                        name = "from",
                        description = "at this time or later",
                        schema = @Schema(type = "string", format = "date-time")),
                @Parameter(
                        in = ParameterIn.QUERY,
                        name = "before",
                        description = "before this time",
                        schema = @Schema(type = "string", format = "date-time")),
                @Parameter(
                        in = ParameterIn.QUERY,
                        name = "order",
                        description = "newest or oldest first",
                        schema =
                                @Schema(
                                        type = "string",
                                        allowableValues = {"newest", "oldest"},
                                        defaultValue = "newest")),
                @Parameter(
                        in = ParameterIn.QUERY,
                        name = "limit",
                        schema = @Schema(type = "integer", minimum = "1", maximum = "1000", defaultValue = "50")),
                @Parameter(in = ParameterIn.QUERY, name = "after", description = "'next' of the page before")
            })
    @ApiResponse(responseCode = "200", description = "A page of entries")
    ResponseEntity<Listing<Entry>> audit(@Parameter(hidden = true) Caller caller, HttpServletRequest request) {
        QueryParameters query = QueryParameters.of(request, FILTERS);
        AuditLog trail = orchestrator
                .as(caller.actor())
                .audit()
                .orElseThrow(() -> new ProblemException(ProblemType.NOT_FOUND, "This server keeps no audit trail."));
        String order = query.text("order");
        if (order != null && !ORDERS.contains(order)) {
            throw new InvalidRequestException("order", "must be one of " + ORDERS);
        }
        AuditQuery wanted = new AuditQuery(
                query.text("principal"),
                run(query.text("run")),
                caller.tenant(),
                query.text("action"),
                query.time("from"),
                query.time("before"),
                "oldest".equals(order),
                query.limit(),
                query.text(QueryParameters.AFTER));
        return Listing.page(trail.list(wanted), Entry::of, query);
    }

    private static @Nullable RunId run(@Nullable String id) {
        try {
            return id == null ? null : RunId.parse(id);
        } catch (InvalidValueException e) {
            throw new InvalidRequestException("run", "is no id of a run");
        }
    }
}
