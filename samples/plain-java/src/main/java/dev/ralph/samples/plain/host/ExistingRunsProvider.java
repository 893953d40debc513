/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.host;

import dev.ralph.spi.ProviderContext;
import dev.ralph.spi.Store;
import dev.ralph.spi.StoreProvider;
import dev.ralph.store.InMemoryStore;
import java.util.Set;

/** As {@link HomeStoreProvider}, for reading: makes no file and clears nothing away. Where there is none, there are no runs. */
public final class ExistingRunsProvider implements StoreProvider {

    /** Its id. */
    static final String ID = "home-reading";

    private final HomeStoreProvider home = new HomeStoreProvider();

    /** For the service loader. */
    public ExistingRunsProvider() {}

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Set<String> properties() {
        return home.properties();
    }

    @Override
    public Store create(ProviderContext context) {
        return HomeStoreProvider.isMissing(context) ? new InMemoryStore(context.clock()) : home.open(context);
    }
}
