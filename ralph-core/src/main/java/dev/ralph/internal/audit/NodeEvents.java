/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.audit;

import dev.ralph.RunId;
import dev.ralph.StopReason;
import dev.ralph.audit.AuditActions;
import dev.ralph.audit.AuditEntry;
import dev.ralph.event.StateEvent;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Which events of a run the audit trail tells of, as acts of the node that wrote them. The others are what agents and gates
 * did, and are found in the run's records.
 */
final class NodeEvents {

    private static final int MAX_PRINCIPAL = 255;

    private final String node;
    private final @Nullable String tenant;
    private final UnaryOperator<String> redact;

    NodeEvents(String node, @Nullable String tenant, UnaryOperator<String> redact) {
        this.node = node;
        this.tenant = tenant;
        this.redact = redact;
    }

    /** A node as a principal. */
    static String principal(String node) {
        String name = "node:" + node;
        return name.length() <= MAX_PRINCIPAL ? name : name.substring(0, MAX_PRINCIPAL);
    }

    Optional<AuditEntry> entry(StateEvent event) {
        if (event instanceof StateEvent.RunTakenUp taken) {
            return told(taken, AuditActions.TAKEN_UP, AuditEntry.DONE, Map.of("takeover", "" + taken.takeover()));
        } else if (event instanceof StateEvent.AttemptStarted started) {
            return told(started, AuditActions.AGENT_LAUNCHED, AuditEntry.DONE, launched(started));
        } else if (event instanceof StateEvent.WorkspaceRestored restored) {
            return told(restored, AuditActions.RESTORED, AuditEntry.DONE, Map.of("checkpoint", "" + restored.number()));
        } else if (event instanceof StateEvent.WorkspaceMoved moved) {
            return told(moved, AuditActions.MOVED, AuditEntry.DONE, Map.of("checkpoint", "" + moved.checkpoint()));
        } else if (event instanceof StateEvent.RunHandedBack back) {
            return told(back, AuditActions.HANDED_BACK, AuditEntry.DONE, Map.of());
        } else if (event instanceof StateEvent.RunRetried retried) {
            return told(retried, AuditActions.REQUEUED, AuditEntry.DONE, Map.of());
        } else if (event instanceof StateEvent.RunEnded ended) {
            String action =
                    ended.reason() == StopReason.DEAD_LETTERED ? AuditActions.DEAD_LETTERED : AuditActions.ENDED;
            return told(
                    ended,
                    action,
                    ended.reason().name(),
                    Map.of("verification", ended.verification().name()));
        }
        return Optional.empty();
    }

    private static Map<String, String> launched(StateEvent.AttemptStarted started) {
        Map<String, String> details = new TreeMap<>();
        details.put("agent", started.agent());
        details.put("iteration", Integer.toString(started.iteration()));
        details.put("attempt", Integer.toString(started.attempt()));
        details.put("reserved_tokens", Long.toString(started.reserved().tokens()));
        details.put("reserved_cost", started.reserved().cost().toPlainString());
        return details;
    }

    private Optional<AuditEntry> told(StateEvent event, String action, String outcome, Map<String, String> details) {
        RunId run = event.run();
        Instant at = event.at();
        Map<String, String> redacted = new TreeMap<>(details);
        redacted.replaceAll((name, value) -> redact.apply(value));
        return Optional.of(new AuditEntry(
                AuditTrail.id(at),
                at,
                principal(node),
                null,
                action,
                "run/" + run,
                run,
                tenant,
                outcome,
                node,
                redacted));
    }
}
