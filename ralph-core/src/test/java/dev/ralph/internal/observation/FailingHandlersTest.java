/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.observation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.observation.CallObservationContext;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever a host's handler throws, and whenever: the work is done, and nothing is left on the thread. */
class FailingHandlersTest {

    private final ObservationRegistry registry = ObservationRegistry.create();
    private final Observations observations = new Observations(registry, false);
    private final Scopes first = new Scopes();

    enum Moment {
        START,
        SCOPE_OPENED,
        SCOPE_CLOSED,
        STOP
    }

    @ParameterizedTest
    @EnumSource
    void theWorkIsDoneAndNothingStaysCurrent(Moment moment) {
        Failing failing = new Failing(moment);
        registry.observationConfig().observationHandler(first).observationHandler(failing);

        String done = observations.observe(CallObservationContext.ofStore("find"), observed -> "done");

        assertThat(failing.failed).hasPositiveValue();
        assertThat(done).isEqualTo("done");
        assertThat(registry.getCurrentObservationScope()).isNull();
        // Micrometer asks no other handler to close its scope after one that failed to.
        assertThat(first.open).as("scopes of the handler before it").hasValue(moment == Moment.SCOPE_CLOSED ? 1 : 0);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsAroundTheWorkIsCurrentAgain(Moment moment) {
        Observation around = Observation.start("around", registry);
        try (Observation.Scope scope = around.openScope()) {
            registry.observationConfig().observationHandler(new Failing(moment));

            observations.observe(CallObservationContext.ofStore("find"), observed -> "done");

            assertThat(registry.getCurrentObservationScope()).isSameAs(scope);
        }
    }

    /** As one that puts something on the thread. */
    private static final class Scopes implements ObservationHandler<Observation.Context> {

        private final AtomicInteger open = new AtomicInteger();

        @Override
        public void onScopeOpened(Observation.Context context) {
            open.incrementAndGet();
        }

        @Override
        public void onScopeClosed(Observation.Context context) {
            open.decrementAndGet();
        }

        @Override
        public boolean supportsContext(Observation.Context context) {
            return true;
        }
    }

    private static final class Failing implements ObservationHandler<Observation.Context> {

        private final AtomicInteger failed = new AtomicInteger();
        private final Moment moment;

        Failing(Moment moment) {
            this.moment = moment;
        }

        private void failIf(Moment now) {
            if (now == moment) {
                failed.incrementAndGet();
                throw new AssertionError("the handler fails");
            }
        }

        @Override
        public void onStart(Observation.Context context) {
            failIf(Moment.START);
        }

        @Override
        public void onScopeOpened(Observation.Context context) {
            failIf(Moment.SCOPE_OPENED);
        }

        @Override
        public void onScopeClosed(Observation.Context context) {
            failIf(Moment.SCOPE_CLOSED);
        }

        @Override
        public void onStop(Observation.Context context) {
            failIf(Moment.STOP);
        }

        @Override
        public boolean supportsContext(Observation.Context context) {
            return context instanceof CallObservationContext;
        }
    }
}
