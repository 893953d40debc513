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

    /** The log is told of which run and what: paths, and what git says, may hold personal data. */
    void unreached(RunId run, Unreached.What what, String where, String why) {
        LOG.warn("Not deleted: {} of run {}; the result of the request says where", what, run);
        unreached.add(new Unreached(run, what, where, why));
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
