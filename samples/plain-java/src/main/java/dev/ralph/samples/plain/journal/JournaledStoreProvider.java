/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.journal;

import dev.ralph.samples.plain.host.RalphHome;
import dev.ralph.spi.ProviderContext;
import dev.ralph.spi.StoreProvider;
import java.util.Set;

/** Makes {@link JournaledStore}: id {@code journal}. */
public final class JournaledStoreProvider implements StoreProvider {

    /** Its id. */
    public static final String ID = "journal";

    /** For the service loader. */
    public JournaledStoreProvider() {}

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Set<String> properties() {
        return Set.of(RalphHome.VARIABLE);
    }

    @Override
    public JournaledStore create(ProviderContext context) {
        RalphHome home = RalphHome.find(
                System.getProperties(), name -> context.property(name).orElseGet(() -> System.getenv(name)));
        return new JournaledStore(home.runs(), context.clock());
    }
}
