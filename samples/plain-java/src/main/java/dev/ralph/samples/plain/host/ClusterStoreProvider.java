/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.host;

import dev.ralph.ConfigurationException;
import dev.ralph.spi.ProviderContext;
import dev.ralph.spi.Secret;
import dev.ralph.spi.Store;
import dev.ralph.spi.StoreProvider;
import dev.ralph.store.jdbc.JdbcStoreProvider;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * As {@link HomeStoreProvider}, for what several machines share: refuses everything but a PostgreSQL, and before it makes a
 * file.
 */
public final class ClusterStoreProvider implements StoreProvider {

    /** Its id. */
    static final String ID = "home-cluster";

    private static final String PARALLEL_RUNS = "RALPH_MAX_PARALLEL_RUNS";
    private static final int DEFAULT_PARALLEL_RUNS = 4;

    /** Beside one for each run at work: for the queue, listeners and commands. */
    private static final int BESIDE = 4;

    private static final int MOST_CONNECTIONS = 40;
    private static final String EXAMPLE = "DATABASE_URL=postgresql://user:password@host/database";

    private final JdbcStoreProvider databases = new JdbcStoreProvider();

    /** For the service loader. */
    public ClusterStoreProvider() {}

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Set<String> properties() {
        return databases.properties();
    }

    /**
     * {@inheritDoc}
     *
     * @throws ConfigurationException if no PostgreSQL is named
     */
    @Override
    public Store create(ProviderContext context) {
        String url = url(context)
                .orElseThrow(
                        () -> new ConfigurationException("workers share a PostgreSQL, and no database is named; set "
                                + EXAMPLE + ", or work the run in this process: " + ProgramName.with("run")));
        if (url.strip().toLowerCase(Locale.ROOT).startsWith("jdbc:h2:")) {
            throw new ConfigurationException(
                    "workers share a PostgreSQL, but DATABASE_URL names an H2 database, which has" + " no queue; set "
                            + EXAMPLE + ", or work the run in this process: " + ProgramName.with("run"));
        }
        return HomeStoreProvider.tidied(databases.create(new SmallPool(context, connections(context))));
    }

    private static Optional<String> url(ProviderContext context) {
        return context.property(JdbcStoreProvider.URL)
                .or(() -> context.secrets().find(JdbcStoreProvider.URL).map(Secret::reveal));
    }

    /** A number that is none is for the orchestrator to complain about. */
    private static int connections(ProviderContext context) {
        int runs = context.property(PARALLEL_RUNS)
                .filter(text -> text.strip().matches("\\d{1,4}"))
                .map(text -> Integer.parseInt(text.strip()))
                .orElse(DEFAULT_PARALLEL_RUNS);
        return Math.min(runs + BESIDE, MOST_CONNECTIONS);
    }
}
