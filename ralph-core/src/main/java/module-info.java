/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
/** Runs AI coding agents in a loop: API, SPI, the loop, the process toolkit, the in-memory store. */
module dev.ralph.core {
    requires org.slf4j;
    requires static transitive org.jspecify;

    exports dev.ralph;
    exports dev.ralph.event;
    exports dev.ralph.spi;

    uses dev.ralph.spi.StoreProvider;

    provides dev.ralph.spi.StoreProvider with
            dev.ralph.internal.store.InMemoryStoreProvider;
}
