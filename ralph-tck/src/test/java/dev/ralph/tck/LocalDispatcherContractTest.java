/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import dev.ralph.internal.dispatch.LocalDispatcher;
import dev.ralph.spi.Dispatcher;

class LocalDispatcherContractTest extends DispatcherContract {

    @Override
    protected Dispatcher open() {
        return new LocalDispatcher();
    }
}
