/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.engine;

import dev.ralph.Actor;
import dev.ralph.RunId;
import dev.ralph.audit.AuditEntry;
import dev.ralph.audit.AuditLog;
import dev.ralph.internal.worker.WorkerServices;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** What somebody does to a run that no transaction of the store holds: told to the audit trail before and after. */
final class AuditedActs {

    private final WorkerServices services;
    private final Actor actor;
    private final RunId run;

    AuditedActs(WorkerServices services, Actor actor, RunId run) {
        this.services = services;
        this.actor = actor;
        this.run = run;
    }

    /**
     * Does it, and tells of it.
     *
     * @param result what to tell of what came of it
     */
    <T> T told(String action, Map<String, String> details, Supplier<T> act, Function<T, Map<String, String>> result) {
        tell(action, AuditEntry.REQUESTED, details);
        T done;
        try {
            done = act.get();
        } catch (RuntimeException e) {
            tellFailed(action, details, e);
            throw e;
        }
        Map<String, String> all = new TreeMap<>(details);
        all.putAll(result.apply(done));
        tell(action, AuditEntry.DONE, all);
        return done;
    }

    static Map<String, String> count(Integer deleted) {
        return Map.of("count", deleted.toString());
    }

    private void tellFailed(String action, Map<String, String> details, RuntimeException failure) {
        try {
            tell(action, AuditEntry.FAILED, details);
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    private void tell(String action, String outcome, Map<String, String> details) {
        Optional<AuditLog> log = services.store().audit();
        if (log.isPresent()) {
            String tenant = services.store()
                    .find(run)
                    .map(stored -> stored.snapshot().tenant())
                    .orElse(null);
            log.get().record(services.audit().toRun(actor, action, run, tenant, outcome, details));
        }
    }
}
