/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.host;

import dev.ralph.Orchestrator;
import dev.ralph.Run;
import dev.ralph.RunId;
import dev.ralph.RunNotFoundException;
import dev.ralph.samples.plain.journal.JournaledStore;
import dev.ralph.spi.Store;
import java.time.Duration;
import java.time.InstantSource;

/** An orchestrator over the runs in the user's folder. The store outlives the orchestrator, so runs can be read to the end. */
public final class Host implements AutoCloseable {

    /** What a run that has just ended may take to give its workspace back. */
    private static final Duration LAST_STEPS = Duration.ofSeconds(5);

    private final Store store;
    private final Orchestrator orchestrator;

    private Host(Store store, Orchestrator orchestrator) {
        this.store = store;
        this.orchestrator = orchestrator;
    }

    /**
     * Opens the folder and builds the orchestrator.
     *
     * @throws dev.ralph.RalphException if either cannot be
     */
    public static Host open() {
        RalphHome home = RalphHome.find(System.getProperties(), System::getenv);
        Store store = new JournaledStore(home.runs(), InstantSource.system());
        try {
            return new Host(store, Orchestrator.builder().store(store).build());
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    public Orchestrator orchestrator() {
        return orchestrator;
    }

    /**
     * The run with this id.
     *
     * @throws dev.ralph.InvalidValueException if the text is not an id
     * @throws RunNotFoundException if there is no such run
     */
    public Run run(String id) {
        RunId parsed = RunId.parse(id);
        return orchestrator
                .find(parsed)
                .orElseThrow(() -> new RunNotFoundException("there is no run " + parsed + " in "
                        + RalphHome.find(System.getProperties(), System::getenv).folder()
                        + "; 'ralph list' shows those there are"));
    }

    @Override
    public void close() {
        try {
            orchestrator.close(LAST_STEPS);
        } finally {
            store.close();
        }
    }
}
