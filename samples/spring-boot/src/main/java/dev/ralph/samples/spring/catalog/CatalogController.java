/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ralph.AgentStatus;
import dev.ralph.samples.spring.access.Caller;
import dev.ralph.samples.spring.access.Role;
import dev.ralph.samples.spring.web.Listing;
import dev.ralph.spi.AgentProbe;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Shows a tenant what it may choose from. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "catalog")
public final class CatalogController {

    private final Catalog catalog;
    private final AgentProbes probes;

    public CatalogController(Catalog catalog, AgentProbes probes) {
        this.catalog = catalog;
        this.probes = probes;
    }

    /**
     * Something a run may name.
     *
     * @param name its name
     */
    @Schema(name = "Choice")
    public record Choice(String name) {}

    /**
     * An agent.
     *
     * @param name its name
     * @param ready whether it could be launched now on the node that answers
     * @param version its version, if it says
     * @param problem why it is not ready; for administrators alone, since it may name folders
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "Agent")
    public record Agent(
            String name,
            boolean ready,
            @Nullable String version,
            @Nullable String problem) {}

    @GetMapping("/agents")
    @Operation(summary = "The agents of the tenant, in the order they are tried in, and whether each is ready")
    Listing<Agent> agents(@Parameter(hidden = true) Caller caller) {
        Map<String, AgentStatus> statuses =
                probes.statuses().stream().collect(Collectors.toMap(AgentStatus::id, Function.identity()));
        boolean admin = caller.role() == Role.ADMIN;
        List<Agent> agents = catalog.agentNames(caller.tenant()).stream()
                .map(name -> agent(
                        name,
                        statuses.get(
                                catalog.agent(caller.tenant(), name, "agents").id()),
                        admin))
                .toList();
        return Listing.all(agents);
    }

    @GetMapping("/workspaces")
    @Operation(summary = "The workspaces of the tenant")
    Listing<Choice> workspaces(@Parameter(hidden = true) Caller caller) {
        return choices(catalog.workspaceNames(caller.tenant()));
    }

    @GetMapping("/gates")
    @Operation(summary = "The gate sets of the tenant")
    Listing<Choice> gates(@Parameter(hidden = true) Caller caller) {
        return choices(catalog.gateSetNames(caller.tenant()));
    }

    private static Listing<Choice> choices(List<String> names) {
        return Listing.all(names.stream().map(Choice::new).toList());
    }

    private static Agent agent(String name, @Nullable AgentStatus status, boolean admin) {
        if (status == null) {
            return new Agent(name, false, null, admin ? "its adapter is not on the class path" : null);
        }
        AgentProbe probe = status.probe();
        return new Agent(name, probe.ready(), probe.version(), admin ? probe.problem() : null);
    }
}
