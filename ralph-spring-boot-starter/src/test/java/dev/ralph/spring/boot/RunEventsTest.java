/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ralph.Orchestrator;
import dev.ralph.RunResult;
import dev.ralph.event.ActivityEvent;
import dev.ralph.event.StateEvent;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.event.EventListener;

class RunEventsTest {

    private final ApplicationContextRunner contexts = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(RalphAutoConfiguration.class))
            .withPropertyValues(ScriptedAgents.DONE);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void whatHappensInARunIsToldInOrderByItsKind() {
        contexts.withUserConfiguration(Ears.class).run(context -> {
            context.getBean(Orchestrator.class).run(ScriptedAgents.run(folder));

            Ears ears = context.getBean(Ears.class);
            await().untilAsserted(() -> assertThat(ears.ended).hasSize(1));
            assertThat(ears.states).extracting(StateEvent::seq).isSorted().doesNotHaveDuplicates();
            assertThat(ears.states.get(0)).isInstanceOf(StateEvent.RunSubmitted.class);
            assertThat(ears.activities).isEmpty();
        });
    }

    @Test
    void whatAgentsWriteIsToldIfAllEventsAreWanted() {
        contexts.withUserConfiguration(Ears.class)
                .withPropertyValues("ralph.events=all")
                .run(context -> {
                    context.getBean(Orchestrator.class).run(ScriptedAgents.run(folder));

                    await().untilAsserted(() ->
                            assertThat(context.getBean(Ears.class).activities).isNotEmpty());
                });
    }

    @Test
    void nothingIsToldIfNoEventsAreWanted() {
        contexts.withUserConfiguration(Ears.class)
                .withPropertyValues("ralph.events=none")
                .run(context -> {
                    context.getBean(Orchestrator.class).run(ScriptedAgents.run(folder));
                    context.getBean(RalphLifecycle.class).stop();

                    assertThat(context.getBean(Ears.class).states).isEmpty();
                });
    }

    @Test
    void aRunDoesNotWaitForAListenerThatHangs() {
        contexts.withUserConfiguration(Slow.class).run(context -> {
            RunResult result = context.getBean(Orchestrator.class).run(ScriptedAgents.run(folder));

            Slow slow = context.getBean(Slow.class);
            assertThat(result.completed()).isTrue();
            assertThat(slow.entered.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(slow.released.getCount()).isOne();
            slow.released.countDown();
        });
    }

    @Test
    void aListenerThatThrowsFailsNoRunAndHearsTheNextEvent() {
        contexts.withUserConfiguration(Failing.class).run(context -> {
            RunResult result = context.getBean(Orchestrator.class).run(ScriptedAgents.run(folder));

            assertThat(result.completed()).isTrue();
            await().untilAsserted(() ->
                    assertThat(context.getBean(Failing.class).heard).hasSizeGreaterThan(1));
        });
    }

    static class Ears {

        private final List<StateEvent> states = new CopyOnWriteArrayList<>();
        private final List<StateEvent> ended = new CopyOnWriteArrayList<>();
        private final List<ActivityEvent> activities = new CopyOnWriteArrayList<>();

        @EventListener
        void onState(StateEvent event) {
            states.add(event);
        }

        @EventListener
        void onEnd(StateEvent.RunEnded event) {
            ended.add(event);
        }

        @EventListener
        void onActivity(ActivityEvent event) {
            activities.add(event);
        }
    }

    static class Slow {

        private final CountDownLatch entered = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);

        @EventListener
        void on(StateEvent event) throws InterruptedException {
            entered.countDown();
            released.await();
        }
    }

    static class Failing {

        private final List<StateEvent> heard = new CopyOnWriteArrayList<>();

        @EventListener
        void on(StateEvent event) {
            heard.add(event);
            throw new IllegalStateException("a listener's fault");
        }
    }
}
