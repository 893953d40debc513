/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spring.boot.jdbc;

import dev.ralph.spi.Dispatcher;
import dev.ralph.spi.ProviderContext;
import dev.ralph.spi.Secret;
import dev.ralph.store.jdbc.DbSchedulerDispatcher;
import dev.ralph.store.jdbc.DbSchedulerDispatcherProvider;
import dev.ralph.store.jdbc.JdbcStore;
import dev.ralph.store.jdbc.JdbcStoreBuilder;
import dev.ralph.store.jdbc.JdbcStoreProvider;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The database runs are in, opened. Closing it closes the store and the pools made for it, never the application's. */
public final class RunDatabase implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RunDatabase.class);

    private final JdbcStore store;
    private final boolean shared;
    private final @Nullable DerivedPools pools;

    private RunDatabase(JdbcStore store, boolean shared, @Nullable DerivedPools pools) {
        this.store = store;
        this.shared = shared;
        this.pools = pools;
    }

    /**
     * Opens it: a database of Ralph's own if one is named, else the application's, else an H2 file.
     *
     * @throws dev.ralph.ConfigurationException if it is configured wrongly
     * @throws dev.ralph.StoreUnavailableException if it cannot be reached
     */
    static RunDatabase open(DataSources sources, ProviderContext context) {
        boolean own = ownUrl(context).isPresent()
                || context.property(JdbcStoreProvider.FILE).isPresent();
        Optional<DataSource> application = own ? Optional.empty() : sources.work();
        return application
                .map(source -> onApplications(source, sources, context))
                .orElseGet(() -> onOwn(context));
    }

    private static Optional<String> ownUrl(ProviderContext context) {
        return propertyOrSecret(context, JdbcStoreProvider.URL);
    }

    private static Optional<String> propertyOrSecret(ProviderContext context, String name) {
        return context.property(name).or(() -> context.secrets().find(name).map(Secret::reveal));
    }

    private static RunDatabase onOwn(ProviderContext context) {
        boolean shared = ownUrl(context)
                .filter(url -> url.startsWith("postgres") || url.startsWith("jdbc:postgresql:"))
                .isPresent();
        return new RunDatabase(new JdbcStoreProvider().create(context), shared, null);
    }

    private static RunDatabase onApplications(DataSource source, DataSources sources, ProviderContext context) {
        DerivedPools pools = DerivedPools.of(source, sources::login);
        boolean shared = DatabaseLook.at(source, pools.url()) == DatabaseLook.POSTGRESQL;
        JdbcStoreBuilder builder = JdbcStore.builder()
                .dataSource(source)
                .config(JdbcStoreProvider.config(context))
                .audit(JdbcStoreProvider.audit(context))
                .encryption(JdbcStoreProvider.encryption(context))
                .maintenance(Maintenance.interval(context));
        propertyOrSecret(context, JdbcStoreProvider.READ_URL).ifPresent(builder::readOnlyUrl);
        if (!shared) {
            return new RunDatabase(builder.build(), false, null);
        }
        try {
            sources.leases()
                    .or(() -> pools.open("ralph-leases", 1))
                    .ifPresentOrElse(builder::leaseDataSource, () -> warn(DataSources.LEASES));
            sources.signals()
                    .or(() -> pools.open("ralph-signals", 2))
                    .ifPresentOrElse(builder::signalDataSource, () -> warn(DataSources.SIGNALS));
            return new RunDatabase(builder.build(), true, pools);
        } catch (RuntimeException e) {
            pools.close();
            throw e;
        }
    }

    private static void warn(String bean) {
        LOG.warn(
                "It is not known how the application's data source connects, so that there is no pool of Ralph's own"
                        + " beside it; a bean named {} would be used",
                bean);
    }

    JdbcStore store() {
        return store;
    }

    /** Whether other nodes may work on the same runs: the queue is in the database, too. */
    public boolean shared() {
        return shared;
    }

    /** What {@code ralph.dispatcher} asks for; empty if that is core's business. */
    Optional<Dispatcher> dispatcher(ProviderContext context) {
        String id = context.property("RALPH_DISPATCHER").orElse(shared ? "db-scheduler" : "local");
        return switch (id) {
            case "db-scheduler" -> Optional.of(new DbSchedulerDispatcherProvider().create(context));
            case "submit-only" -> Optional.of(DbSchedulerDispatcher.submitting());
            default -> Optional.empty();
        };
    }

    @Override
    public void close() {
        store.close();
        if (pools != null) {
            pools.close();
        }
    }
}
