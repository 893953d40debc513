/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.Orchestrator;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class HostRegistriesTest {

    private final ApplicationContextRunner contexts = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(RalphAutoConfiguration.class))
            .withPropertyValues(ScriptedAgents.DONE);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void runsAreCountedInTheRegistryOfTheApplication() {
        contexts.withBean(MeterRegistry.class, SimpleMeterRegistry::new).run(context -> {
            context.getBean(Orchestrator.class).run(ScriptedAgents.run(folder));

            assertThat(context.getBean(MeterRegistry.class).getMeters())
                    .map(Meter::getId)
                    .map(Meter.Id::getName)
                    .anyMatch(name -> name.startsWith("ralph"));
        });
    }

    @Test
    void runsAreObservedInTheRegistryOfTheApplication() {
        List<String> observed = new CopyOnWriteArrayList<>();
        ObservationRegistry registry = ObservationRegistry.create();
        registry.observationConfig().observationHandler(new ObservationHandler<Observation.Context>() {
            @Override
            public void onStop(Observation.Context context) {
                observed.add(context.getName());
            }

            @Override
            public boolean supportsContext(Observation.Context context) {
                return true;
            }
        });
        contexts.withBean(ObservationRegistry.class, () -> registry)
                .run(context -> context.getBean(Orchestrator.class).run(ScriptedAgents.run(folder)));

        assertThat(observed).isNotEmpty();
    }
}
