/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.host;

import dev.ralph.Run;
import dev.ralph.event.RunListener;

/** Shows one run while it is worked on. Thread-safe. */
public interface RunView extends RunListener {

    /** The run is set going. */
    void begin(Run run);

    /** Something the user should know that is not an event of the run. */
    void notice(String text);

    /** The last call. */
    void end(RunEnd end);
}
