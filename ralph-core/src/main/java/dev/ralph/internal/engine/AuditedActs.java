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

/** What somebody does that no transaction of the store holds: told to the audit trail before and after. */
final class AuditedActs {

    private final WorkerServices services;
    private final Entries entries;

    private AuditedActs(WorkerServices services, Entries entries) {
        this.services = services;
        this.entries = entries;
    }

    /** What is done to one run. */
    static AuditedActs toRun(WorkerServices services, Actor actor, RunId run) {
        return new AuditedActs(services, (action, outcome, details) -> {
            String tenant = services.store()
                    .find(run)
                    .map(stored -> stored.snapshot().tenant())
                    .orElse(null);
            return services.audit().toRun(actor, action, run, tenant, outcome, details);
        });
    }

    /** What is done to more than one run. */
    static AuditedActs toRuns(WorkerServices services, Actor actor, String resource) {
        return new AuditedActs(
                services,
                (action, outcome, details) -> services.audit().toRuns(actor, action, resource, outcome, details));
    }

    /**
     * Does it, and tells of it.
     *
     * @param result what to tell of what came of it
     */
    <T> T told(String action, Map<String, String> details, Supplier<T> act, Function<T, Map<String, String>> result) {
        T done = begun(action, details, act);
        Map<String, String> all = new TreeMap<>(details);
        all.putAll(result.apply(done));
        tell(action, AuditEntry.DONE, all);
        return done;
    }

    /** Does it, and tells of it but of its success, for what tells of that itself by {@link #done}. */
    <T> T begun(String action, Map<String, String> details, Supplier<T> act) {
        tell(action, AuditEntry.REQUESTED, details);
        try {
            return act.get();
        } catch (RuntimeException e) {
            tellFailed(action, details, e);
            throw e;
        }
    }

    AuditEntry done(String action, Map<String, String> details) {
        return entries.entry(action, AuditEntry.DONE, details);
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
            log.get().record(entries.entry(action, outcome, details));
        }
    }

    private interface Entries {
        AuditEntry entry(String action, String outcome, Map<String, String> details);
    }
}
