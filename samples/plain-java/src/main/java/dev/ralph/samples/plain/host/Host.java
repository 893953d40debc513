/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.host;

import dev.ralph.Orchestrator;
import dev.ralph.OrchestratorBuilder;
import dev.ralph.Run;
import dev.ralph.RunId;
import dev.ralph.RunNotFoundException;
import dev.ralph.RunStateException;
import dev.ralph.store.InMemoryStore;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** An orchestrator over the user's runs. */
public final class Host implements AutoCloseable {

    /** What a run that has just ended may take to give its workspace back. */
    private static final Duration LAST_STEPS = Duration.ofSeconds(5);

    private static final String STORE = "RALPH_STORE";

    private final Orchestrator orchestrator;
    private final Nodes nodes;
    private final Nodes.@Nullable Membership membership;

    private Host(Orchestrator orchestrator, Nodes nodes, Nodes.@Nullable Membership membership) {
        this.orchestrator = orchestrator;
        this.nodes = nodes;
        this.membership = membership;
    }

    /**
     * For working on runs: opens the store, and makes it if it is not there.
     *
     * @throws dev.ralph.RalphException if it cannot be
     */
    public static Host open() {
        Nodes nodes = nodes();
        Nodes.Membership membership = nodes.join();
        try {
            OrchestratorBuilder builder =
                    Orchestrator.builder().property(STORE, HomeStoreProvider.ID).node(membership.node());
            return new Host(builder.build(), nodes, membership);
        } catch (RuntimeException e) {
            membership.close();
            throw e;
        }
    }

    /**
     * For looking at runs: makes nothing that is not there.
     *
     * @throws dev.ralph.RalphException if the store cannot be opened
     */
    public static Host reading() {
        return new Host(
                Orchestrator.builder().property(STORE, ExistingRunsProvider.ID).build(), nodes(), null);
    }

    /** For what needs no runs. */
    public static Host withoutRuns() {
        return new Host(
                Orchestrator.builder()
                        .store(new InMemoryStore(InstantSource.system()))
                        .build(),
                nodes(),
                null);
    }

    public Orchestrator orchestrator() {
        return orchestrator;
    }

    /**
     * The run with this id.
     *
     * @throws dev.ralph.InvalidValueException if the text is not an id
     * @throws RunNotFoundException if there is no such run
     */
    public Run run(String id) {
        RunId parsed = RunId.parse(id);
        return orchestrator
                .find(parsed)
                .orElseThrow(() ->
                        new RunNotFoundException("there is no run " + parsed + "; 'ralph list' shows those there are"));
    }

    /**
     * Checks that no other process of this host works on a run.
     *
     * @throws RunStateException if one does
     */
    void requireFree(Run run) {
        String owner = run.snapshot().owner();
        if (owner != null) {
            nodes.processOf(owner).ifPresent(process -> {
                throw new RunStateException("run " + run.id() + " is worked on by another process, " + process
                        + "; wait for its end, stop it there with Ctrl-C, or watch it: "
                        + ProgramName.with("events " + run.id() + " --follow"));
            });
        }
    }

    /** The node of another host that has a run, dead or alive; null if there is none. */
    @Nullable String ownerElsewhere(Run run) {
        String owner = run.snapshot().owner();
        return owner == null || nodes.isOfThisHost(owner) ? null : owner;
    }

    @Override
    public void close() {
        try {
            orchestrator.close(LAST_STEPS);
        } finally {
            if (membership != null) {
                membership.close();
            }
        }
    }

    private static Nodes nodes() {
        return new Nodes(RalphHome.find(System.getProperties(), System::getenv).nodes());
    }
}
