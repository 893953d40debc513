/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.process;

import org.junit.jupiter.api.Tag;

@Tag("linux")
class MarkerContainmentTest extends ContainmentContract {

    MarkerContainmentTest() {
        super(ContainmentMechanism.MARKER);
    }
}
