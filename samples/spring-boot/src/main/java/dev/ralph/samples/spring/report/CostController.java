/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ralph.CostQuery;
import dev.ralph.CostSum;
import dev.ralph.Orchestrator;
import dev.ralph.Usage;
import dev.ralph.samples.spring.access.Caller;
import dev.ralph.samples.spring.web.InvalidRequestException;
import dev.ralph.samples.spring.web.Listing;
import dev.ralph.samples.spring.web.QueryParameters;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Adds up what the runs of a tenant cost. */
@RestController
@Tag(name = "reports")
public final class CostController {

    private static final Set<String> FILTERS = Set.of("from", "before", "agent", "label.<name>", "by", "byLabel");
    private static final List<String> ROWS = List.of("day", "agent");

    private final Orchestrator orchestrator;

    public CostController(Orchestrator orchestrator) {
        this.orchestrator = orchestrator;
    }

    /**
     * What attempts used together.
     *
     * @param day the day (UTC), if asked for
     * @param agent the adapter, if asked for
     * @param label the value of the label asked for
     * @param attempts how many were settled
     * @param unmetered how many of them reported no tokens
     * @param usage tokens
     * @param spend US dollars
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "CostSum")
    public record Sum(
            @Nullable LocalDate day,
            @Nullable String agent,
            @Nullable String label,
            long attempts,
            long unmetered,
            Usage usage,
            Money spend) {

        static Sum of(CostSum sum) {
            return new Sum(
                    sum.day(),
                    sum.agent(),
                    sum.label(),
                    sum.attempts(),
                    sum.unmetered(),
                    sum.usage(),
                    Money.of(sum.spend()));
        }
    }

    @GetMapping("/api/v1/costs")
    @Operation(
            summary = "What settled attempts of the tenant cost",
            parameters = {
                @Parameter(
                        in = ParameterIn.QUERY,
                        name = "from",
                        description = "settled at this time or later",
                        schema = @Schema(type = "string", format = "date-time")),
                @Parameter(
                        in = ParameterIn.QUERY,
                        name = "before",
                        description = "settled before this time",
                        schema = @Schema(type = "string", format = "date-time")),
                @Parameter(in = ParameterIn.QUERY, name = "agent", description = "of this adapter"),
                @Parameter(
                        in = ParameterIn.QUERY,
                        name = "by",
                        description = "day, agent or day,agent: a row for each",
                        example = "day,agent"),
                @Parameter(
                        in = ParameterIn.QUERY,
                        name = "byLabel",
                        description = "a row for each value of this label",
                        example = "host.workspace")
            })
    Listing<Sum> costs(@Parameter(hidden = true) Caller caller, HttpServletRequest request) {
        QueryParameters query = QueryParameters.of(request, FILTERS);
        CostQuery wanted = CostQuery.ALL
                .withTenant(caller.tenant())
                .withSettled(query.time("from"), query.time("before"))
                .withAgent(query.text("agent"))
                .withLabels(query.labels())
                .perLabel(query.text("byLabel"));
        String by = query.text("by");
        for (String row : by == null ? new String[0] : by.split(",", -1)) {
            if (!ROWS.contains(row)) {
                throw new InvalidRequestException("by", "must be some of " + ROWS + ", with commas between");
            }
            wanted = row.equals("day") ? wanted.perDay() : wanted.perAgent();
        }
        return Listing.all(orchestrator.costs(wanted).stream().map(Sum::of).toList());
    }
}
