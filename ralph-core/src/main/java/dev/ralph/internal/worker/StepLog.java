/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.worker;

import dev.ralph.RunId;
import dev.ralph.event.StateEvent;
import dev.ralph.internal.log.LogScope;
import dev.ralph.internal.machine.Decision;
import dev.ralph.internal.machine.LoopState;
import dev.ralph.internal.machine.OpenIteration;
import dev.ralph.internal.machine.Phase;
import dev.ralph.log.LogNames;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the log of one stint's steps, each once it is committed, and where in its run the stint is. Of the stint's thread. */
final class StepLog {

    private static final Logger LOG = LoggerFactory.getLogger(LogNames.STEPS);

    private final RunId run;

    StepLog(RunId run) {
        this.run = run;
    }

    /** The stint goes on where the run was left. */
    void from(LoopState state) {
        OpenIteration open = state.open();
        if (open != null) {
            String agent = state.phase() instanceof Phase.Attempting attempting ? attempting.agent() : null;
            LogScope.attempt(open.number(), open.attempts(), agent);
        }
    }

    /** An attempt is next. */
    void at(Decision.Invoke invoke) {
        LogScope.attempt(invoke.iteration(), invoke.attempt(), invoke.agent());
    }

    /** A step is committed. */
    void committed(long version, List<StateEvent> events) {
        try {
            tell(version, events);
        } catch (RuntimeException e) {
            // There is nobody to tell that the log fails, and the step is committed all the same.
        }
    }

    private void tell(long version, List<StateEvent> events) {
        if (events.isEmpty()) {
            LOG.debug("Run {}: step {} changed nothing that there is an event for", run, version);
        } else if (LOG.isInfoEnabled()) {
            LOG.info(
                    "Run {}: step {}: {}",
                    run,
                    version,
                    events.stream().map(StepText::of).collect(Collectors.joining("; ")));
        }
    }
}
