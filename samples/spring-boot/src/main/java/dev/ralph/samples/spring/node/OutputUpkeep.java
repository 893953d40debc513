/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.node;

import dev.ralph.Orchestrator;
import dev.ralph.RalphException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;

/** Deletes full outputs that are past their retention, daily; several instances may do so at once. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class OutputUpkeep {

    private static final Logger LOG = LoggerFactory.getLogger(OutputUpkeep.class);

    private final Orchestrator ralph;

    OutputUpkeep(Orchestrator ralph) {
        this.ralph = ralph;
    }

    @Scheduled(initialDelay = 10, fixedDelay = 24 * 60, timeUnit = TimeUnit.MINUTES)
    void maintain() {
        try {
            int outputs = ralph.artifacts().map(store -> store.maintain()).orElse(0);
            LOG.info("{} outputs were past their retention and are deleted", outputs);
        } catch (RalphException e) {
            LOG.warn(
                    "Outputs were not looked through for old ones: {}",
                    ralph.redaction().line(e.getMessage()));
        }
    }
}
