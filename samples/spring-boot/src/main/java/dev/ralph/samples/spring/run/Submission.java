/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.run;

import dev.ralph.Orchestrator;
import dev.ralph.Run;
import dev.ralph.RunSpec;
import dev.ralph.RunSpecBuilder;
import dev.ralph.samples.spring.access.Caller;
import dev.ralph.samples.spring.catalog.Catalog;
import dev.ralph.samples.spring.catalog.HostProperties;
import dev.ralph.samples.spring.problem.ProblemException;
import dev.ralph.samples.spring.problem.ProblemType;
import dev.ralph.samples.spring.web.InvalidRequestException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes runs of what clients ask for. */
@Component
public final class Submission {

    private static final int MAX_LABELS = 32;

    private final Orchestrator orchestrator;
    private final TenantRuns runs;
    private final Catalog catalog;
    private final HostProperties.Ceilings ceilings;

    public Submission(Orchestrator orchestrator, TenantRuns runs, Catalog catalog, HostProperties properties) {
        this.orchestrator = orchestrator;
        this.runs = runs;
        this.catalog = catalog;
        this.ceilings = properties.ceilings();
    }

    /**
     * What became of a submission.
     *
     * @param run the run
     * @param fresh whether it was stored now; false if it is that of an earlier request with the same idempotency key
     */
    public record Submitted(Run run, boolean fresh) {}

    /**
     * Submits a run, or finds the one that has the key.
     *
     * @param key the client's idempotency key, or null
     * @throws InvalidRequestException if a value cannot be accepted
     * @throws ProblemException if the key was used with another request
     */
    public Submitted submit(Caller caller, RunRequest request, @Nullable String key) {
        String digest = RequestDigest.of(request);
        String taskId = new TenantScope(caller.tenant()).stored(key);
        if (taskId != null) {
            // Before it is read against what is set up now: the first answer stands, whatever was changed since.
            Optional<Run> earlier = runs.findByKey(caller, taskId);
            if (earlier.isPresent()) {
                return new Submitted(requireSame(earlier.get(), digest), false);
            }
        }
        Run run = orchestrator.as(caller.actor()).submit(spec(caller, request, taskId, digest));
        // Another request with the key may have been faster: then it is its run that comes back.
        return new Submitted(taskId == null ? run : requireSame(run, digest), true);
    }

    private RunSpec spec(Caller caller, RunRequest request, @Nullable String taskId, String digest) {
        String prompt = required("prompt", request.prompt());
        String workspace = required("workspace", request.workspace());
        TenantScope scope = new TenantScope(caller.tenant());
        List<String> agents = agents(caller, request, workspace);
        RunSpecBuilder spec = RunSpec.prompt(prompt)
                .workspace(catalog.workspace(caller.tenant(), workspace))
                .limits(new LimitCeilings(orchestrator.defaultLimits(), ceilings).limits(request.limits()))
                .priority(priority(request))
                .startDelay(startDelay(request))
                .taskId(taskId)
                .tenant(caller.tenant())
                .subject(subject(scope, request.subject()));
        for (int i = 0; i < agents.size(); i++) {
            spec.agent(catalog.agent(caller.tenant(), workspace, agents.get(i), "agents[" + i + "]"));
        }
        if (request.gates() != null) {
            catalog.gates(caller.tenant(), request.gates()).forEach(spec::gate);
        }
        if (request.completionPromise() != null) {
            spec.completionPromise(request.completionPromise());
        }
        labels(request).forEach(spec::label);
        HostLabels.of(digest, workspace, agents, request.gates()).forEach(spec::label);
        return spec.build();
    }

    private List<String> agents(Caller caller, RunRequest request, String workspace) {
        if (request.agents() == null) {
            // Never 'auto': that would take whatever adapter is on the class path.
            List<String> all = catalog.usualAgents(caller.tenant(), workspace);
            if (all.isEmpty()) {
                throw new InvalidRequestException(
                        "agents", "is empty, and the tenant has no agents for this workspace; ask the administrator");
            }
            return all;
        }
        if (request.agents().isEmpty()) {
            throw new InvalidRequestException("agents", "must not be empty; leave it out to use all of the tenant's");
        }
        return request.agents().stream().map(agent -> required("agents", agent)).toList();
    }

    private int priority(RunRequest request) {
        int priority = request.priority() == null ? 0 : request.priority();
        if (Math.abs((long) priority) > ceilings.priority()) {
            throw new InvalidRequestException(
                    "priority",
                    "must be from -" + ceilings.priority() + " to " + ceilings.priority() + " on this server");
        }
        return priority;
    }

    private Duration startDelay(RunRequest request) {
        Duration delay = request.startDelay() == null ? Duration.ZERO : request.startDelay();
        if (delay.compareTo(ceilings.startDelay()) > 0) {
            throw new InvalidRequestException(
                    "startDelay", "must be at most " + ceilings.startDelay() + " on this server");
        }
        return delay;
    }

    private static @Nullable String subject(TenantScope scope, @Nullable String subject) {
        if (subject != null && subject.isBlank()) {
            throw new InvalidRequestException("subject", "must not be blank; leave it out if it is nobody's");
        }
        return scope.stored(subject);
    }

    private static Map<String, String> labels(RunRequest request) {
        Map<String, @Nullable String> labels = request.labels();
        if (labels == null) {
            return Map.of();
        }
        if (labels.size() > MAX_LABELS) {
            throw new InvalidRequestException("labels", "must be at most " + MAX_LABELS);
        }
        Map<String, String> checked = new TreeMap<>();
        labels.forEach((name, value) -> {
            if (HostLabels.isReserved(name)) {
                throw new InvalidRequestException(
                        "labels." + name, "is the server's; use a name that does not begin with " + HostLabels.PREFIX);
            }
            checked.put(name, required("labels." + name, value));
        });
        return checked;
    }

    private static String required(String field, @Nullable String value) {
        if (value == null) {
            throw new InvalidRequestException(field, "is required");
        }
        return value;
    }

    private static Run requireSame(Run run, String digest) {
        if (!digest.equals(run.snapshot().labels().get(HostLabels.REQUEST))) {
            throw new ProblemException(
                    ProblemType.IDEMPOTENCY_KEY_REUSED,
                    "The " + IdempotencyKey.HEADER + " was used with another body; use a new key for a new run.");
        }
        return run;
    }
}
