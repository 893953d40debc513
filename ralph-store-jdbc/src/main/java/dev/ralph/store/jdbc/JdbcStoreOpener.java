/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import dev.ralph.ConfigurationException;
import dev.ralph.StoreUnavailableException;
import dev.ralph.log.LogText;
import dev.ralph.store.Subscriptions;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens one store. What it had opened by the time something fails is closed again. */
final class JdbcStoreOpener {

    private static final Logger LOG = LoggerFactory.getLogger(JdbcStoreOpener.class);

    private final JdbcStoreConfig config;
    private final AuditConfig auditConfig;
    private final EncryptionConfig encryption;
    private final @Nullable Duration maintenance;
    private final List<Runnable> owned = new ArrayList<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    JdbcStoreOpener(
            JdbcStoreConfig config,
            AuditConfig auditConfig,
            EncryptionConfig encryption,
            @Nullable Duration maintenance) {
        this.config = config;
        this.auditConfig = auditConfig;
        this.encryption = encryption;
        this.maintenance = maintenance;
    }

    JdbcStore open(JdbcSources given) {
        DataSource source = given.work();
        DatabaseUrl url = given.url();
        try {
            Pools pools = new Pools(config, ServerRoom.APPLICATION + UUID.randomUUID());
            if (url != null) {
                try (HikariDataSource migrations = pools.migrations(url)) {
                    migrate(migrations);
                }
            } else if (source != null) {
                migrate(source);
            }
            DataSource work = source != null ? source : own(pools.work(Objects.requireNonNull(url)));
            DataSource leases = given.leases() != null ? given.leases() : url == null ? work : own(pools.leases(url));
            DataSource reading = given.reading() != null
                    ? given.reading()
                    : given.readUrl() == null ? work : own(pools.listings(given.readUrl()));
            DataSource signals =
                    given.signals() != null || url == null || url.isH2() ? given.signals() : own(pools.signals(url));
            JdbcStore store = new JdbcStore(
                    url == null ? "the host's database" : url.toString(),
                    prepare(work, new HeldConnection(leases, true), reading, signals, url != null),
                    null,
                    url == null ? Set.of() : url.folder().map(Set::of).orElse(Set.of()));
            LOG.info("Runs are stored in {}", LogText.line(store));
            maintainItself(store);
            return store;
        } catch (RuntimeException | Error e) {
            JdbcParts.closeAll(owned);
            throw e;
        }
    }

    /** Opens a store on a file that other processes use too. */
    JdbcStore openShared(Path path) {
        try {
            SharedFile file = new SharedFile(path, config.connectionTimeout());
            owned.add(file::close);
            migrate(file);
            JdbcParts parts = prepare(file, new HeldConnection(file.forLeases(), false), file, null, false);
            PeerChanges peers = new PeerChanges(parts.database(), file, parts.subscriptions());
            owned.add(peers::close);
            LOG.info("Runs are stored in {}, which other processes may use too", LogText.line(file));
            JdbcStore store =
                    new JdbcStore(file.toString(), parts, peers, Set.of(DatabaseUrl.folderOf(path.toAbsolutePath())));
            maintainItself(store);
            return store;
        } catch (IOException e) {
            throw new ConfigurationException(
                    "the folder of the database " + path + " cannot be used: " + e
                            + "; name another or correct its rights",
                    e);
        } catch (RuntimeException | Error e) {
            JdbcParts.closeAll(owned);
            throw e;
        }
    }

    private void migrate(DataSource source) {
        new Migrations(source, look(source)).apply(config.migrations());
    }

    private JdbcParts prepare(
            DataSource work,
            HeldConnection leases,
            DataSource reading,
            @Nullable DataSource signals,
            boolean ownsPools) {
        Dialect dialect = look(work);
        if (signals != null && dialect != Dialect.POSTGRESQL) {
            throw new ConfigurationException("a signalDataSource goes with PostgreSQL, but the data source is of "
                    + dialect + ", whose processes tell each other nothing; leave it out");
        }
        // In its own pools the server itself ends what takes too long.
        boolean serverEnds = ownsPools && dialect == Dialect.POSTGRESQL;
        Database database = new Database(work::getConnection, serverEnds ? null : config.statementTimeout(), closed);
        Retention retention = new Retention(database, dialect, config.retention());
        retention.prepare();
        if (serverEnds) {
            ServerRoom.check(database, config);
        }
        take(leases);
        return assemble(database, leases, reading, dialect, retention, work, signals);
    }

    private JdbcParts assemble(
            Database database,
            HeldConnection held,
            DataSource reading,
            Dialect dialect,
            Retention retention,
            DataSource work,
            @Nullable DataSource signals) {
        RunDocuments documents = new RunDocuments();
        RunRows rows = new RunRows(documents);
        Database listings = new Database(reading::getConnection, config.statementTimeout(), closed);
        EncryptionParts sealing = EncryptionParts.of(database, dialect, encryption);
        AuditParts audit = audit(database, listings, dialect, sealing.personal());
        sealing.begin(database, encryption);
        Events events = new Events(database, audit.rows());
        Budgets budgets = new Budgets(database, dialect, audit.rows());
        Database leases = new Database(held, Pools.LEASE_TIMEOUT, closed);
        DataSource housekeeping = signals == null ? work : signals;
        RunQueue queue =
                new RunQueue(database, new Database(housekeeping::getConnection, Pools.LEASE_TIMEOUT, closed), dialect);
        Subscriptions subscriptions = new Subscriptions();
        QueueBell bell = new QueueBell();
        return new JdbcParts(
                database,
                rows,
                new Creations(database, dialect, rows, documents, events, queue, sealing.keys()),
                new Claims(database, dialect, rows),
                new Renewals(leases, held, dialect),
                new Steps(database, dialect, documents, budgets, events),
                new UsageNotes(database, dialect),
                events,
                new RecordQueries(database),
                new Commands(database, dialect, queue, audit.rows()),
                budgets,
                new Listing(listings, rows),
                new Costs(listings, dialect),
                new DueRuns(database, dialect),
                retention,
                sealing,
                new Erasures(database, dialect, documents, sealing.keys(), audit.rows()),
                audit,
                dialect,
                queue,
                subscriptions,
                bell,
                signals == null ? null : signals(signals, subscriptions, bell),
                work,
                housekeeping,
                closed,
                owned);
    }

    private AuditParts audit(Database database, Database listings, Dialect dialect, PersonalFields personal) {
        AuditParts audit = AuditParts.of(database, listings, dialect, auditConfig, personal);
        audit.requireKey();
        audit.retention().declare();
        makePartitions(audit.retention()::makePartitions);
        if (!auditConfig.keys().isEmpty()) {
            owned.add(AuditSealing.start(audit.sealer(), auditConfig.sealInterval())::close);
        }
        return audit;
    }

    private Signals signals(DataSource source, Subscriptions subscriptions, QueueBell bell) {
        Signals signals = new Signals(
                new Database(source::getConnection, Pools.LEASE_TIMEOUT, closed), source, subscriptions, bell);
        owned.add(signals::close);
        return signals;
    }

    private void take(HeldConnection held) {
        owned.add(held::close);
        try {
            held.take();
        } catch (SQLException e) {
            throw SqlFailures.translate(e);
        }
    }

    /** Which database it is, and whether it can hold what a store holds. */
    private static Dialect look(DataSource source) {
        try (Connection connection = source.getConnection()) {
            Dialect dialect = Dialect.of(connection)
                    .orElseThrow(() -> new ConfigurationException(
                            "the database is neither PostgreSQL nor H2; Ralph's JDBC store knows these two"));
            switch (dialect) {
                case POSTGRESQL -> requireUtf8(connection);
                case H2 -> writeAtOnce(connection);
            }
            return dialect;
        } catch (SQLException e) {
            throw SqlFailures.translate(e);
        }
    }

    private static void requireUtf8(Connection connection) throws SQLException {
        String encoding = setting(connection, "SHOW server_encoding");
        if (!"UTF8".equals(encoding)) {
            throw new ConfigurationException("the database has the encoding " + encoding
                    + ", which cannot hold every text; create one with ENCODING 'UTF8'");
        }
    }

    /** Without it, H2 loses what it had committed when the process is killed. */
    private static void writeAtOnce(Connection connection) throws SQLException {
        String delay = setting(
                connection, "SELECT setting_value FROM information_schema.settings WHERE setting_name = 'WRITE_DELAY'");
        if (!"0".equals(delay)) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET WRITE_DELAY 0");
            }
        }
    }

    private static String setting(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getString(1) : "";
        }
    }

    private static void makePartitions(Runnable work) {
        try {
            work.run();
        } catch (StoreUnavailableException e) {
            if (!SqlFailures.isTimeout(e)) {
                throw e;
            }
            LOG.warn("The partitions of the next months could not be made yet, since that took too long;"
                    + " maintain() makes them later");
        }
    }

    private void maintainItself(JdbcStore store) {
        if (maintenance != null) {
            MaintenanceSchedule schedule = new MaintenanceSchedule(store::maintain, maintenance);
            owned.add(schedule::close);
            schedule.start();
        }
    }

    private DataSource own(HikariDataSource pool) {
        owned.add(pool::close);
        return pool;
    }
}
