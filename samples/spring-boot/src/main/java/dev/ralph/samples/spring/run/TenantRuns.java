/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.run;

import dev.ralph.InvalidValueException;
import dev.ralph.Orchestrator;
import dev.ralph.Page;
import dev.ralph.Run;
import dev.ralph.RunId;
import dev.ralph.RunNotFoundException;
import dev.ralph.RunQuery;
import dev.ralph.RunSnapshot;
import dev.ralph.samples.spring.access.Caller;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * The runs a caller may see: those of its tenant. Every look at a run goes through here. One of another tenant is as unknown
 * as one that does not exist.
 */
@Component
public final class TenantRuns {

    private final Orchestrator orchestrator;

    public TenantRuns(Orchestrator orchestrator) {
        this.orchestrator = orchestrator;
    }

    /**
     * A run, and how it stands.
     *
     * @param run a handle; what is done by it is recorded as done by the caller
     * @param snapshot how it stands
     */
    public record Found(Run run, RunSnapshot snapshot) {}

    /**
     * The caller's run with this id.
     *
     * @throws RunNotFoundException if its tenant has none, or the id is none
     */
    public Found find(Caller caller, String id) {
        return parse(id)
                .flatMap(orchestrator.as(caller.actor())::find)
                .map(run -> new Found(run, run.snapshot()))
                .filter(found -> caller.tenant().equals(found.snapshot().tenant()))
                .orElseThrow(() -> new RunNotFoundException("there is no such run"));
    }

    /** The caller's run with this idempotency key. */
    public Optional<Run> findByKey(Caller caller, String taskId) {
        return orchestrator
                .as(caller.actor())
                .findByTaskId(taskId)
                .filter(run -> caller.tenant().equals(run.snapshot().tenant()));
    }

    /** Lists runs of the caller's tenant, whatever tenant the query names. */
    public Page<RunSnapshot> list(Caller caller, RunQuery query) {
        return orchestrator.list(query.withTenant(caller.tenant()));
    }

    private static Optional<RunId> parse(String id) {
        try {
            return Optional.of(RunId.parse(id));
        } catch (InvalidValueException e) {
            return Optional.empty();
        }
    }
}
