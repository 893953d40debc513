/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.log;

import ch.qos.logback.classic.LoggerContext;
import dev.ralph.Orchestrator;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Has the secrets that the orchestrator hands out masked in the log, too. */
@Component
final class OrchestratorMask {

    private final Orchestrator ralph;

    OrchestratorMask(Orchestrator ralph) {
        this.ralph = ralph;
    }

    @EventListener(ApplicationStartedEvent.class)
    void mask() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            Masks masks = LogGuard.masks(context);
            if (masks != null) {
                masks.add(ralph.redaction());
            }
        }
    }
}
