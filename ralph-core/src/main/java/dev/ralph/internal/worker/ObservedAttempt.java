/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.worker;

import dev.ralph.RunId;
import dev.ralph.internal.machine.Decision;
import dev.ralph.internal.machine.Metered;
import dev.ralph.internal.machine.Outcome;
import dev.ralph.internal.observation.MessageJson;
import dev.ralph.internal.observation.Observations;
import dev.ralph.internal.observation.TraceHeaders;
import dev.ralph.log.LogText;
import dev.ralph.observation.AgentObservationContext;
import dev.ralph.observation.RalphKey;
import dev.ralph.spi.AgentAdapter;
import dev.ralph.spi.UsageReport;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Observes one attempt, and hands its trace context to the agent. */
final class ObservedAttempt {

    private static final Logger LOG = LoggerFactory.getLogger(ObservedAttempt.class);
    private static final String MODEL = "model";
    private static final String UNKNOWN = "unknown";

    private final Observations observations;
    private final Redactor redactor;
    private final AgentObservationContext context;

    ObservedAttempt(
            WorkerServices services,
            RunId run,
            Decision.Invoke invoke,
            AgentAdapter adapter,
            Map<String, Object> settings) {
        this.observations = services.observations();
        this.redactor = services.redactor();
        this.context = new AgentObservationContext(
                run,
                invoke.iteration(),
                invoke.attempt(),
                invoke.agent(),
                observations.enabled() ? provider(adapter) : UNKNOWN,
                settings.get(MODEL) instanceof String model ? model : null);
    }

    private static String provider(AgentAdapter adapter) {
        try {
            return adapter.modelProvider();
        } catch (RuntimeException e) {
            LOG.warn("An adapter could not say whose models it uses: {}", LogText.line(e));
            return UNKNOWN;
        }
    }

    /** The attempt itself. */
    @FunctionalInterface
    interface Attempt {
        Outcome run(Map<String, String> environment) throws InterruptedException;
    }

    Outcome observe(String prompt, Attempt attempt) throws InterruptedException {
        if (observations.content()) {
            context.content(RalphKey.INPUT_MESSAGES, MessageJson.asked(redactor.redact(prompt)));
        }
        return observations.observe(context, observed -> {
            Outcome outcome = attempt.run(TraceHeaders.environment(observed.getCarrier()));
            note(outcome);
            return outcome;
        });
    }

    private void note(Outcome outcome) {
        if (outcome instanceof Outcome.AttemptFinished finished) {
            context.ended("finished", null, report(finished.usage()));
            context.claims(finished.claimed());
            if (observations.content()) {
                context.content(RalphKey.OUTPUT_MESSAGES, MessageJson.answered(finished.preview()));
            }
        } else if (outcome instanceof Outcome.AttemptFailed failed) {
            context.ended("failed", failed.failure().name(), report(failed.usage()));
        } else if (outcome instanceof Outcome.AttemptInterrupted interrupted) {
            context.ended("interrupted", null, report(interrupted.usage()));
        } else if (outcome instanceof Outcome.Broken broken) {
            context.ended("broken", broken.reason().name(), report(broken.usage()));
        }
    }

    private static UsageReport report(Metered usage) {
        return new UsageReport(usage.usage(), usage.cost());
    }
}
