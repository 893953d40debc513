/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.engine;

import dev.ralph.RunId;
import dev.ralph.Unreached;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was deleted of runs outside of the store, and what was not reached. Not thread-safe. */
final class Remains {

    private static final Logger LOG = LoggerFactory.getLogger(Remains.class);

    private final List<Unreached> unreached = new ArrayList<>();
    private int outputs;
    private int checkpoints;

    void deletedOutputs(int count) {
        outputs += count;
    }

    void deletedCheckpoints(int count) {
        checkpoints += count;
    }

    /** Logged at once: after a crash, the log is all that says where to look. */
    void unreached(RunId run, Unreached.What what, String where, String why) {
        Unreached left = new Unreached(run, what, where, why);
        LOG.warn("Not deleted: {}", left);
        unreached.add(left);
    }

    int outputs() {
        return outputs;
    }

    int checkpoints() {
        return checkpoints;
    }

    List<Unreached> unreached() {
        return unreached;
    }
}
