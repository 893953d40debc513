/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import dev.ralph.process.Containment;
import dev.ralph.process.ContainmentMechanism;
import org.junit.jupiter.api.Tag;

/** Contained without a namespace. */
@Tag("linux")
class CommandAgentByMarkerContractTest extends CommandAgentContractTest {

    @Override
    Containment containment() {
        return Containment.using(ContainmentMechanism.MARKER);
    }
}
