/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.catalog;

import dev.ralph.AgentRef;
import dev.ralph.ConfigurationException;
import dev.ralph.GateRef;
import dev.ralph.WorkspaceRef;
import dev.ralph.gate.CommandGate;
import dev.ralph.samples.spring.access.AccessSettings;
import dev.ralph.samples.spring.catalog.HostProperties.GateCheck;
import dev.ralph.samples.spring.catalog.HostProperties.GateSet;
import dev.ralph.samples.spring.catalog.HostProperties.Workspace;
import dev.ralph.workspace.GitRemote;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * What clients may choose, by name, within their tenant. Everything a run is told to execute, and every place it works in,
 * comes from here. Immutable.
 */
@Component
public final class Catalog {

    private static final List<String> EVERYBODY = List.of("*");

    private final boolean demoPlace;
    private final boolean demoScript;
    private final Named<Supplier<WorkspaceRef>> workspaces;
    private final Named<AgentRef> agents;
    private final Named<List<GateRef>> gates;

    /**
     * Reads the configuration.
     *
     * @throws ConfigurationException if something configured cannot be used
     */
    public Catalog(HostProperties properties, AccessSettings access, DemoWorkspace demo) {
        demo.ensure();
        demoPlace = properties.demo() && !properties.workspaces().containsKey(DemoWorkspace.NAME);
        demoScript = properties.demo() && !properties.agents().containsKey(DemoWorkspace.AGENT);
        workspaces = Named.of(
                "host.workspaces",
                DemoWorkspace.beside(
                        properties.workspaces(),
                        properties.demo(),
                        DemoWorkspace.NAME,
                        new Workspace(Path.of(DemoWorkspace.NAME), null, null, null, null, null, EVERYBODY)),
                Workspace::tenants,
                access.tenants(),
                (name, setting) -> workspace(properties.workspaceRoot(), name, setting));
        agents = Named.of(
                "host.agents",
                DemoWorkspace.beside(
                        properties.agents(),
                        properties.demo(),
                        DemoWorkspace.AGENT,
                        new HostProperties.Agent(null, Map.of(), EVERYBODY)),
                HostProperties.Agent::tenants,
                access.tenants(),
                ConfiguredAgent::ref);
        GateCheck check = new GateCheck("check.sh", List.of("sh", "./check.sh"), Duration.ofSeconds(30), List.of());
        gates = Named.of(
                "host.gates",
                DemoWorkspace.beside(
                        properties.gates(),
                        properties.demo(),
                        DemoWorkspace.NAME,
                        new GateSet(List.of(check), EVERYBODY)),
                GateSet::tenants,
                access.tenants(),
                Catalog::gateSet);
    }

    /**
     * Where a run is to work.
     *
     * @throws UnknownNameException if the tenant has no such workspace
     * @throws WorkspaceRefusedException if the folder is gone, or really is outside the root
     */
    public WorkspaceRef workspace(String tenant, String name) {
        Supplier<WorkspaceRef> workspace = workspaces
                .find(tenant, name)
                .orElseThrow(() -> new UnknownNameException("workspace", "workspace", workspaceNames(tenant)));
        try {
            return workspace.get();
        } catch (ConfigurationException e) {
            throw new WorkspaceRefusedException(name, e);
        }
    }

    /**
     * An agent of the tenant.
     *
     * @param field the JSON field that names it
     * @throws UnknownNameException if the tenant has no such agent
     */
    public AgentRef agent(String tenant, String name, String field) {
        return agents.find(tenant, name)
                .orElseThrow(() -> new UnknownNameException(field, "agent", agentNames(tenant)));
    }

    /**
     * The gates of a set.
     *
     * @throws UnknownNameException if the tenant has no such set
     */
    public List<GateRef> gates(String tenant, String name) {
        return gates.find(tenant, name)
                .orElseThrow(() -> new UnknownNameException("gates", "gate set", gateSetNames(tenant)));
    }

    /**
     * An agent of the tenant, for work in this workspace: the demo's script works in the demo's workspace alone.
     *
     * @param field the JSON field that names it
     * @throws UnknownNameException if the tenant has no such agent there
     */
    public AgentRef agent(String tenant, String workspace, String name, String field) {
        if (isDemoScript(name) && !isDemoPlace(workspace)) {
            throw new UnknownNameException(field, "agent for this workspace", usualAgents(tenant, workspace));
        }
        return agent(tenant, name, field);
    }

    /** The agents of a request that names none, in the order they are tried in: never the demo's script in a real workspace. */
    public List<String> usualAgents(String tenant, String workspace) {
        List<String> all = agentNames(tenant);
        List<String> real = all.stream().filter(name -> !isDemoScript(name)).toList();
        return real.isEmpty() && isDemoPlace(workspace) ? all : real;
    }

    private boolean isDemoScript(String agent) {
        return demoScript && agent.equals(DemoWorkspace.AGENT);
    }

    private boolean isDemoPlace(String workspace) {
        return demoPlace && workspace.equals(DemoWorkspace.NAME);
    }

    /** The workspaces of a tenant. */
    public List<String> workspaceNames(String tenant) {
        return workspaces.names(tenant);
    }

    /** The agents of a tenant, in the order they are tried in. */
    public List<String> agentNames(String tenant) {
        return agents.names(tenant);
    }

    /** The gate sets of a tenant. */
    public List<String> gateSetNames(String tenant) {
        return gates.names(tenant);
    }

    private static Supplier<WorkspaceRef> workspace(Path root, String name, Workspace setting) {
        Path path = setting.path();
        String git = setting.git();
        if ((path == null) == (git == null)) {
            throw new ConfigurationException(
                    "host.workspaces." + name + " must have either 'path' or 'git', and not both");
        }
        if (path != null) {
            ConfinedFolder folder = new ConfinedFolder(name, root, path);
            folder.resolve();
            return () -> WorkspaceRef.directory(folder.resolve());
        }
        GitRemote remote =
                GitRemote.of(String.valueOf(git)).withBranch(setting.branch()).withDirectory(setting.directory());
        WorkspaceRef ref = setting.secret() == null
                ? remote.ref()
                : remote.withSecret(setting.secret(), setting.username()).ref();
        return () -> ref;
    }

    private static List<GateRef> gateSet(String name, GateSet setting) {
        if (setting.checks().isEmpty()) {
            throw new ConfigurationException(
                    "host.gates." + name + ".checks is empty; give a check, or leave the set out");
        }
        return setting.checks().stream().map(Catalog::gate).toList();
    }

    private static GateRef gate(GateCheck check) {
        CommandGate gate = CommandGate.of(check.command())
                .withTimeout(check.timeout())
                .inheriting(check.environment().toArray(String[]::new));
        return (check.name() == null ? gate : gate.withName(check.name())).ref();
    }
}
