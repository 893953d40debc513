/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import dev.ralph.ConfigurationException;
import dev.ralph.InvalidValueException;
import dev.ralph.spi.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Says where the database is and how to use it. Exactly one of {@link #dataSource}, {@link #url}, {@link #h2File} and
 * {@link #sharedH2File} is needed. Not thread-safe.
 */
public final class JdbcStoreBuilder {

    private @Nullable DataSource dataSource;
    private @Nullable DataSource leaseDataSource;
    private @Nullable DataSource readOnlyDataSource;
    private @Nullable DataSource signalDataSource;
    private @Nullable DatabaseUrl url;
    private @Nullable DatabaseUrl readOnlyUrl;
    private @Nullable Path sharedFile;
    private @Nullable Duration maintenance;
    private JdbcStoreConfig config = JdbcStoreConfig.DEFAULT;
    private AuditConfig audit = AuditConfig.DEFAULT;
    private EncryptionConfig encryption = EncryptionConfig.NONE;

    JdbcStoreBuilder() {}

    /**
     * A data source of the host, which stays the host's. It should give connections in auto-commit and READ COMMITTED, and
     * have a socket time-out, or a server that falls silent holds up calls for ever. One connection of it is kept for
     * renewing leases, unless there is a {@link #leaseDataSource}; opening with {@link MigrationMode#RUN} needs four.
     */
    public JdbcStoreBuilder dataSource(DataSource source) {
        dataSource = source;
        return this;
    }

    /** Where the one connection that renews leases comes from: a source that nobody else drains. */
    public JdbcStoreBuilder leaseDataSource(DataSource source) {
        leaseDataSource = source;
        return this;
    }

    /**
     * Where the connections come from on which this node hears what other nodes tell (one, kept for good), tells them and,
     * with {@link DbSchedulerDispatcher}, says that it lives (one, for moments): a source that nobody else drains. Only for
     * PostgreSQL, and not through a pooler. Give one to all nodes or to none: without, a node neither tells nor hears, and
     * polls. A store with pools of its own needs none.
     */
    public JdbcStoreBuilder signalDataSource(DataSource source) {
        signalDataSource = source;
        return this;
    }

    /** A read-only copy of the database, for listings and costs. */
    public JdbcStoreBuilder readOnlyDataSource(DataSource source) {
        readOnlyDataSource = source;
        return this;
    }

    /**
     * A database the store makes pools for: {@code postgresql://user:password@host:port/database}, with what is special in
     * URLs percent-encoded, or a JDBC URL of PostgreSQL or H2. Never logged.
     *
     * @throws ConfigurationException if it is of no such form
     */
    public JdbcStoreBuilder url(String text) {
        name(DatabaseUrl.parse(text));
        return this;
    }

    /** As {@link #url}, for a read-only copy of the database. */
    public JdbcStoreBuilder readOnlyUrl(String text) {
        readOnlyUrl = DatabaseUrl.parse(text);
        return this;
    }

    /** User and password of {@link #url} and {@link #readOnlyUrl} where they name none. */
    JdbcStoreBuilder login(@Nullable String user, @Nullable Secret password) {
        url = url == null ? null : url.withLogin(user, password);
        readOnlyUrl = readOnlyUrl == null ? null : readOnlyUrl.withLogin(user, password);
        return this;
    }

    /** An H2 database in this file, for this process alone; made if it is not there. H2 adds {@code .mv.db} to the name. */
    public JdbcStoreBuilder h2File(Path file) {
        name(DatabaseUrl.h2File(file));
        return this;
    }

    /**
     * As {@link #h2File}, for several processes of this host, each with one store on it. They use the file by turns: each has
     * it open while it works with it, and for 50 milliseconds at most when others wait. That costs some ten milliseconds a
     * call. A process that is killed harms nobody. While one is stopped (SIGSTOP) in the middle of its turn, calls of the
     * others wait as long as for any connection, then fail with its number; leases are not renewed meanwhile, so make them
     * long ({@code OrchestratorBuilder.leases}). The file must be on a local file system, and everybody must open it this
     * way.
     */
    public JdbcStoreBuilder sharedH2File(Path file) {
        sharedFile = file;
        return this;
    }

    /**
     * Lets the store call {@link JdbcStore#maintain} itself, for the first time within an hour and then about so often, a
     * minute or more; null to leave it to the host, as by default. Nodes come at times of their own, and a call
     * that fails or leaves something is repeated after a quarter of an hour. Ends with the store.
     */
    public JdbcStoreBuilder maintenance(@Nullable Duration every) {
        if (every != null && every.compareTo(Duration.ofMinutes(1)) < 0) {
            throw new InvalidValueException("maintenance", every, "must be a minute or more, or null");
        }
        maintenance = every;
        return this;
    }

    /** Everything below at once. */
    public JdbcStoreBuilder config(JdbcStoreConfig values) {
        config = values;
        return this;
    }

    /** How the audit trail is kept: the keys it is signed with, and for how long. Unsigned and for ever without this. */
    public JdbcStoreBuilder audit(AuditConfig values) {
        audit = values;
        return this;
    }

    /**
     * The keys that content is encrypted under: prompts, output, guidance, state, events, and in the audit trail addresses and
     * details. Every node needs them. In clear without this.
     */
    public JdbcStoreBuilder encryption(EncryptionConfig values) {
        encryption = values;
        return this;
    }

    /** What opening does about the schema. */
    public JdbcStoreBuilder migrations(MigrationMode mode) {
        config = new JdbcStoreConfig(
                mode,
                config.poolSize(),
                config.maxConnections(),
                config.connectionTimeout(),
                config.idleTimeout(),
                config.statementTimeout(),
                config.retention(),
                config.nodes());
        return this;
    }

    /** Connections kept open, and at most. */
    public JdbcStoreBuilder pool(int least, int most) {
        config = new JdbcStoreConfig(
                config.migrations(),
                least,
                most,
                config.connectionTimeout(),
                config.idleTimeout(),
                config.statementTimeout(),
                config.retention(),
                config.nodes());
        return this;
    }

    /** How long {@link JdbcStore#maintain} leaves ended runs, 1 day or more; null for ever. */
    public JdbcStoreBuilder retention(@Nullable Duration kept) {
        config = new JdbcStoreConfig(
                config.migrations(),
                config.poolSize(),
                config.maxConnections(),
                config.connectionTimeout(),
                config.idleTimeout(),
                config.statementTimeout(),
                kept,
                config.nodes());
        return this;
    }

    /**
     * Opens the store: looks at the database, and migrates or validates its schema.
     *
     * @throws ConfigurationException if no database is named or several are, or if the database or its schema cannot serve
     * @throws dev.ralph.StoreUnavailableException if the database cannot be reached
     */
    public JdbcStore build() {
        if (Stream.of(dataSource, url, sharedFile).filter(Objects::nonNull).count() != 1) {
            throw new ConfigurationException(
                    "a JDBC store needs one database; give the builder either a dataSource, or a"
                            + " url, or h2File or sharedH2File");
        }
        if (sharedFile != null || (url != null && url.isH2())) {
            refuse("a readOnlyDataSource", readOnlyDataSource);
            refuse("a readOnlyUrl", readOnlyUrl);
            refuse("a leaseDataSource", leaseDataSource);
            refuse("a signalDataSource", signalDataSource);
        }
        if (sharedFile != null) {
            return new JdbcStoreOpener(config, audit, encryption, maintenance).openShared(sharedFile);
        }
        return new JdbcStoreOpener(config, audit, encryption, maintenance)
                .open(new JdbcSources(
                        dataSource, leaseDataSource, readOnlyDataSource, signalDataSource, url, readOnlyUrl));
    }

    private void name(DatabaseUrl named) {
        if (url != null && !url.equals(named)) {
            throw new ConfigurationException(
                    "a JDBC store needs one database; the builder was given " + url + " and " + named);
        }
        url = named;
    }

    private static void refuse(String what, @Nullable Object given) {
        if (given != null) {
            throw new ConfigurationException(what
                    + " goes with PostgreSQL, but the runs are to be in an H2 file; name the database (DATABASE_URL),"
                    + " or leave that out (DATABASE_READ_URL)");
        }
    }
}
