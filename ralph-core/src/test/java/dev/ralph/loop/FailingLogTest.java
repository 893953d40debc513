/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.loop;

import static dev.ralph.loop.Playground.result;
import static dev.ralph.loop.Playground.task;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.ralph.Orchestrator;
import dev.ralph.RunResult;
import dev.ralph.StopReason;
import dev.ralph.log.LogNames;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

/** A log that cannot be written costs no step. */
class FailingLogTest {

    private static final String TENANT = "whose-log-fails";

    @RegisterExtension
    final Playground play = new Playground();

    private final Logger steps = (Logger) LoggerFactory.getLogger(LogNames.STEPS);

    @Test
    void everyAttemptIsMadeOnceThoughNoStepCanBeLogged() throws Exception {
        Failing appender = new Failing();
        appender.start();
        steps.addAppender(appender);
        steps.setLevel(Level.INFO);
        try {
            Orchestrator ralph = play.start(play.orchestrator("""
                    echo x >>count
                    [ "$(wc -l <count)" -lt 3 ] || echo LOOP_COMPLETE
                    """));

            RunResult result =
                    result(ralph.submit(task(play.directory("w")).tenant(TENANT).build()));

            assertThat(appender.refused).hasPositiveValue();
            assertThat(result.reason()).isEqualTo(StopReason.COMPLETED);
            assertThat(play.directory("w").resolve("count")).hasContent("x\nx\nx");
        } finally {
            steps.setLevel(null);
            steps.detachAppender(appender);
        }
    }

    /** As one whose disk is full, and whose configuration lets that through. */
    private static final class Failing extends AppenderBase<ILoggingEvent> {

        private final AtomicInteger refused = new AtomicInteger();

        @Override
        public synchronized void doAppend(ILoggingEvent event) {
            if (TENANT.equals(event.getMDCPropertyMap().get(LogNames.TENANT))) {
                refused.incrementAndGet();
                throw new IllegalStateException("no space left on device");
            }
        }

        @Override
        protected void append(ILoggingEvent event) {
            throw new IllegalStateException("not reached");
        }
    }
}
