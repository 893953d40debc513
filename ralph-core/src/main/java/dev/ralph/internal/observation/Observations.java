/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.observation;

import dev.ralph.log.LogText;
import dev.ralph.observation.CallObservationContext;
import dev.ralph.observation.ObservedFailure;
import dev.ralph.observation.RalphObservationContext;
import dev.ralph.observation.RalphObservationConvention;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Observes work with the host's registry. What the host's handlers do wrong changes nothing for the work; what goes wrong with
 * the work is passed on to them by its kind alone. Thread-safe.
 */
public final class Observations {

    private static final Logger LOG = LoggerFactory.getLogger(Observations.class);

    private final ObservationRegistry registry;
    private final boolean content;
    private final AtomicBoolean complained = new AtomicBoolean();

    /**
     * Takes the registry.
     *
     * @param content whether prompts and results may be shown to it
     */
    public Observations(ObservationRegistry registry, boolean content) {
        this.registry = registry;
        this.content = content;
    }

    /** Whether anything is observed. */
    public boolean enabled() {
        return !registry.isNoop();
    }

    /** Whether prompts and results are shown. */
    public boolean content() {
        return content && enabled();
    }

    /** Does the work, observed. What it throws is thrown. */
    public <C extends Observation.Context & RalphObservationContext, T, E extends Exception> T observe(
            C context, ObservedWork<C, T, E> work) throws E {
        if (!enabled()) {
            return work.on(context);
        }
        Observation.Scope before = registry.getCurrentObservationScope();
        Observation observation = start(context);
        Observation.Scope scope = open(observation, before);
        try {
            T result = work.on(context);
            fail(observation, context.failure());
            return result;
        } catch (Throwable e) {
            fail(observation, e.getClass().getName());
            throw e;
        } finally {
            quietly(scope::close);
            // Micrometer leaves it where it is if a handler fails, and the thread's next run would seem part of this
            // one.
            registry.setCurrentObservationScope(before);
            quietly(observation::stop);
        }
    }

    /**
     * Makes a call, observed if it is part of something that is. Others are the background's, such as polls and renewals of
     * leases: each would be a trace of its own.
     */
    public <T> T call(
            Supplier<CallObservationContext> context, ObservedWork<CallObservationContext, T, RuntimeException> work) {
        CallObservationContext made = context.get();
        return enabled() && registry.getCurrentObservation() != null ? observe(made, work) : work.on(made);
    }

    private <C extends Observation.Context & RalphObservationContext> Observation start(C context) {
        try {
            return Observation.start(null, new RalphObservationConvention(context.observed()), () -> context, registry);
        } catch (Throwable e) {
            complain(e);
            return Observation.NOOP;
        }
    }

    private Observation.Scope open(Observation observation, Observation.@Nullable Scope before) {
        try {
            return observation.openScope();
        } catch (Throwable e) {
            complain(e);
            Observation.Scope half = registry.getCurrentObservationScope();
            if (half != null && half != before) {
                // The handlers before the one that failed have put something on this thread.
                quietly(half::close);
            }
            registry.setCurrentObservationScope(before);
            return Observation.Scope.NOOP;
        }
    }

    private void fail(Observation observation, @Nullable String type) {
        if (type != null) {
            quietly(() -> observation.error(new ObservedFailure(type)));
        }
    }

    private void quietly(Runnable handlers) {
        try {
            handlers.run();
        } catch (Throwable e) {
            complain(e);
        }
    }

    private void complain(Throwable e) {
        if (complained.compareAndSet(false, true)) {
            LOG.warn(
                    "A handler of the observation registry failed; work goes on, and this is said once",
                    LogText.failure(e));
        }
    }
}
