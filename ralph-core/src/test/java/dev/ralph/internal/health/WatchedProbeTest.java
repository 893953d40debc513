/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.health;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.ralph.health.CheckResult;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class WatchedProbeTest {

    private final Logger log = (Logger) LoggerFactory.getLogger(WatchedProbe.class);
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicReference<CheckResult> answer = new AtomicReference<>(CheckResult.up());

    @BeforeEach
    void listen() {
        logged.start();
        log.setLevel(Level.INFO);
        log.addAppender(logged);
    }

    @AfterEach
    void end() {
        log.detachAppender(logged);
        log.setLevel(null);
    }

    @Test
    void anAnswerIsLoggedOnceWhenItChangesAndWithoutSecrets() {
        WatchedProbe probe = new WatchedProbe(
                ProbeByHand.ready("watched", answer::get), nanos::get, text -> text.replace("s3cr3t", "***"));

        ask(probe, CheckResult.up());
        ask(probe, CheckResult.down("s3cr3t is gone; bring it back"));
        ask(probe, CheckResult.down("s3cr3t is gone; bring it back"));
        ask(probe, CheckResult.up());

        assertThat(logged.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "The health check watched was UP and is DOWN: *** is gone; bring it back",
                        "The health check watched was DOWN and is UP again");
    }

    private void ask(WatchedProbe probe, CheckResult result) {
        answer.set(result);
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(probe.ask().await().status()).isEqualTo(result.status());
    }
}
