/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.observation;

import dev.ralph.CostKind;
import dev.ralph.RunId;
import dev.ralph.Usage;
import dev.ralph.internal.observation.TraceHeaders;
import dev.ralph.spi.UsageReport;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One attempt of one iteration. What handlers put into its carrier reaches the agent in its environment. */
public final class AgentObservationContext extends SenderContext<Map<String, String>>
        implements RalphObservationContext {

    private final RunId run;
    private final int iteration;
    private final int attempt;
    private final String agent;
    private final String provider;
    private final @Nullable String model;
    private String outcome = KeyValue.NONE_VALUE;
    private @Nullable String failure;
    private UsageReport used = UsageReport.UNKNOWN;
    private @Nullable Boolean claimed;
    private KeyValues content = KeyValues.empty();

    /**
     * Begins it.
     *
     * @param agent the agent's id
     * @param provider who serves its model
     * @param model the model the run's settings ask for, or null if they name none
     */
    public AgentObservationContext(
            RunId run, int iteration, int attempt, String agent, String provider, @Nullable String model) {
        super(TraceHeaders::set, Kind.CLIENT);
        this.run = run;
        this.iteration = iteration;
        this.attempt = attempt;
        this.agent = agent;
        this.provider = provider;
        this.model = model;
        setCarrier(new LinkedHashMap<>());
    }

    /**
     * Notes how the agent ended.
     *
     * @param how an outcome of {@link RalphObservation#AGENT}
     * @param kindOfError what went wrong, or null if nothing did
     */
    public void ended(String how, @Nullable String kindOfError, UsageReport report) {
        outcome = how;
        failure = kindOfError;
        used = report;
    }

    /** Notes whether it claims completion. */
    public void claims(boolean completion) {
        claimed = completion;
    }

    /** Adds a prompt or a result, only if the host asked for content. */
    public void content(RalphKey key, String messages) {
        content = content.and(key.withValue(messages));
    }

    public RunId run() {
        return run;
    }

    public int iteration() {
        return iteration;
    }

    public int attempt() {
        return attempt;
    }

    public String agent() {
        return agent;
    }

    @Override
    public RalphObservation observed() {
        return RalphObservation.AGENT;
    }

    @Override
    public String spanName() {
        return "invoke_agent " + agent;
    }

    @Override
    public KeyValues lowCardinality() {
        return KeyValues.of(
                RalphKey.OPERATION_NAME.withValue("invoke_agent"),
                RalphKey.PROVIDER_NAME.withValue(provider),
                RalphKey.AGENT_NAME.withValue(agent),
                RalphKey.OUTCOME.withValue(outcome));
    }

    @Override
    public KeyValues highCardinality() {
        KeyValues known = KeyValues.of(
                        RalphKey.CONVERSATION_ID.withValue(run.toString()),
                        RalphKey.ITERATION.withValue(Integer.toString(iteration)),
                        RalphKey.ATTEMPT.withValue(Integer.toString(attempt)))
                .and(content);
        if (model != null) {
            known = known.and(RalphKey.REQUEST_MODEL.withValue(model));
        }
        if (claimed != null) {
            known = known.and(RalphKey.CLAIMED.withValue(claimed.toString()));
        }
        return known.and(tokens()).and(cost());
    }

    @Override
    public @Nullable String failure() {
        return failure;
    }

    /** OpenTelemetry counts cached tokens among the input; {@link Usage} counts them apart. */
    private KeyValues tokens() {
        Usage usage = used.usage();
        if (usage == null) {
            return KeyValues.empty();
        }
        Usage read = new Usage(usage.input(), 0, usage.cacheRead(), usage.cacheWrite());
        return KeyValues.of(
                RalphKey.INPUT_TOKENS.withValue(Long.toString(read.total())),
                RalphKey.OUTPUT_TOKENS.withValue(Long.toString(usage.output())),
                RalphKey.CACHE_READ_TOKENS.withValue(Long.toString(usage.cacheRead())),
                RalphKey.CACHE_CREATION_TOKENS.withValue(Long.toString(usage.cacheWrite())));
    }

    private KeyValues cost() {
        return used.cost().kind() == CostKind.UNKNOWN
                ? KeyValues.empty()
                : KeyValues.of(
                        RalphKey.COST.withValue(used.cost().amount().toPlainString()),
                        RalphKey.COST_KIND.withValue(used.cost().kind().name()));
    }
}
