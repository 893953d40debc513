/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.audit;

import dev.ralph.Actor;
import dev.ralph.BudgetLimit;
import dev.ralph.Prompt;
import dev.ralph.RunId;
import dev.ralph.RunSpec;
import dev.ralph.audit.AuditActions;
import dev.ralph.audit.AuditEntry;
import dev.ralph.event.StateEvent;
import dev.ralph.spi.Command;
import dev.ralph.spi.Lease;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Says of what people and this node do what the audit trail is to know of it. Thread-safe. */
public final class AuditTrail {

    private static final String CHARACTERS = "characters";

    private final String node;
    private final Actor nodeItself;
    private final UnaryOperator<String> redact;
    private final InstantSource clock;

    /**
     * Makes the entries of one node.
     *
     * @param redact masks secrets; details go through it
     */
    public AuditTrail(String node, UnaryOperator<String> redact, InstantSource clock) {
        this.node = node;
        this.nodeItself = Actor.of(NodeEvents.principal(node));
        this.redact = redact;
        this.clock = clock;
    }

    /** Who acts where the host names nobody. */
    public Actor node() {
        return nodeItself;
    }

    public AuditEntry submitted(Actor actor, RunId run, RunSpec spec) {
        Map<String, String> details = new TreeMap<>();
        details.put(
                "agents",
                String.join(",", spec.agents().stream().map(agent -> agent.id()).toList()));
        details.put("gates", Integer.toString(spec.gates().size()));
        if (spec.prompt() instanceof Prompt.Text text) {
            details.put(CHARACTERS, Integer.toString(text.value().length()));
        }
        return toRun(actor, AuditActions.SUBMIT, run, spec.tenant(), AuditEntry.ACCEPTED, details);
    }

    public AuditEntry commanded(Actor actor, RunId run, @Nullable String tenant, Command command) {
        Map<String, String> details = command instanceof Command.Guide guide
                ? Map.of(CHARACTERS, Integer.toString(guide.text().length()))
                : Map.of();
        return toRun(actor, action(command), run, tenant, AuditEntry.ACCEPTED, details);
    }

    public AuditEntry budgetDefined(Actor actor, BudgetLimit limit) {
        Map<String, String> details = new TreeMap<>();
        if (limit.maxTokens() != null) {
            details.put("max_tokens", limit.maxTokens().toString());
        }
        if (limit.maxCost() != null) {
            details.put("max_cost", limit.maxCost().toPlainString());
        }
        return entry(
                actor, AuditActions.DEFINE_BUDGET, "budget/" + limit.name(), null, null, AuditEntry.ACCEPTED, details);
    }

    /** Something done to a run that no transaction of the store tells of. */
    public AuditEntry toRun(
            Actor actor,
            String action,
            RunId run,
            @Nullable String tenant,
            String outcome,
            Map<String, String> details) {
        return entry(actor, action, "run/" + run, run, tenant, outcome, details);
    }

    /** Something done to more than one run. */
    public AuditEntry toRuns(Actor actor, String action, String resource, String outcome, Map<String, String> details) {
        return entry(actor, action, resource, null, null, outcome, details);
    }

    /** What a step of this node tells of. */
    public List<AuditEntry> step(Lease lease, RunSpec spec, List<StateEvent> events) {
        NodeEvents told = new NodeEvents(lease.owner(), spec.tenant(), redact);
        return events.stream().flatMap(event -> told.entry(event).stream()).toList();
    }

    private AuditEntry entry(
            Actor actor,
            String action,
            String resource,
            @Nullable RunId run,
            @Nullable String tenant,
            String outcome,
            Map<String, String> details) {
        Instant now = clock.instant();
        Map<String, String> all = new TreeMap<>(actor.details());
        all.putAll(details);
        all.replaceAll((name, value) -> redact.apply(value));
        return new AuditEntry(
                id(now), now, actor.principal(), actor.address(), action, resource, run, tenant, outcome, node, all);
    }

    /** Sorted by time, as ids of runs are. */
    static UUID id(Instant now) {
        return RunId.create(now).value();
    }

    private static String action(Command command) {
        if (command instanceof Command.Cancel) {
            return AuditActions.CANCEL;
        } else if (command instanceof Command.Pause) {
            return AuditActions.PAUSE;
        } else if (command instanceof Command.Resume) {
            return AuditActions.RESUME;
        } else if (command instanceof Command.Retry) {
            return AuditActions.RETRY;
        } else if (command instanceof Command.Guide) {
            return AuditActions.GUIDE;
        }
        throw new IllegalStateException("a command the audit trail does not know: " + command.getClass());
    }
}
