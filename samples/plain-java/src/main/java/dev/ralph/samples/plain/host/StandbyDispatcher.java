/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.host;

/** Works on nothing, but could: for looking whether this host has what that takes. */
final class StandbyDispatcher extends IdleDispatcher {

    @Override
    public boolean works() {
        return true;
    }
}
