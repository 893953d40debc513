/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spring.boot;

import dev.ralph.Orchestrator;
import dev.ralph.spi.Dispatcher;
import dev.ralph.spi.Store;
import dev.ralph.spring.boot.properties.RalphSettings;
import dev.ralph.store.InMemoryStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.BeanFactory;

/** Goes on with the runs an earlier start left, where the queue is in memory and nobody else would. Paused ones stay so. */
final class RunRecovery {

    private static final String DISPATCHER = "RALPH_DISPATCHER";
    private static final String LOCAL = "local";

    private static final Logger LOG = LoggerFactory.getLogger(RunRecovery.class);

    private final BeanFactory beans;
    private final Orchestrator orchestrator;
    private final RalphSettings settings;

    RunRecovery(BeanFactory beans, Orchestrator orchestrator, RalphSettings settings) {
        this.beans = beans;
        this.orchestrator = orchestrator;
        this.settings = settings;
    }

    /**
     * Goes on with them if that is wanted.
     *
     * @param wanted what the application says; null for where nobody else does
     */
    void onStart(@Nullable Boolean wanted) {
        if (wanted == null ? nobodyElseDoes() : wanted) {
            requeue();
        }
    }

    private boolean nobodyElseDoes() {
        if (!(orchestrator instanceof HostedOrchestrator)) {
            // Where another one keeps its runs is not known here.
            return false;
        }
        Store store = beans.getBeanProvider(Store.class).getIfAvailable();
        if (store == null || store instanceof InMemoryStore) {
            return false;
        }
        Dispatcher dispatcher = beans.getBeanProvider(Dispatcher.class).getIfAvailable();
        return dispatcher == null
                ? settings.find(DISPATCHER).orElse(LOCAL).equals(LOCAL)
                : dispatcher.works() && !dispatcher.distributes();
    }

    private void requeue() {
        int runs = orchestrator.requeue();
        if (runs > 0) {
            LOG.info("{} runs that an earlier start of this application left go on", runs);
        }
    }
}
