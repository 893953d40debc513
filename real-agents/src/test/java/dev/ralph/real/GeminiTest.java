/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.real;

import dev.ralph.real.client.GeminiClient;
import dev.ralph.real.client.Installation;

/** Gemini CLI, which says what it used at the end of an attempt only. */
class GeminiTest extends RealClientRules {

    GeminiTest(Installation installation) {
        super(new GeminiClient(installation));
    }
}
