/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.host;

import dev.ralph.StoreException;
import dev.ralph.spi.ProviderContext;
import dev.ralph.spi.StoreProvider;
import dev.ralph.store.jdbc.JdbcStore;
import dev.ralph.store.jdbc.JdbcStoreProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the store of this program, id {@code home}: the database that {@code DATABASE_URL} names, else an H2 file in
 * {@link RalphHome}, which all processes of this program use by turns.
 */
public final class HomeStoreProvider implements StoreProvider {

    /** Its id. */
    static final String ID = "home";

    /** What the supervisor of a process that died gets to kill its agent, as with a lease that runs out. */
    private static final Duration KILL_TIME = Host.KILL_MARGIN;

    /** Enough for one run, and for looking at others. */
    private static final int CONNECTIONS = 5;

    private static final Logger LOG = LoggerFactory.getLogger(HomeStoreProvider.class);

    private final JdbcStoreProvider databases = new JdbcStoreProvider();

    /** For the service loader. */
    public HomeStoreProvider() {}

    @Override
    public String id() {
        return ID;
    }

    @Override
    public Set<String> properties() {
        Set<String> names = new HashSet<>(databases.properties());
        names.add(RalphHome.VARIABLE);
        return names;
    }

    /**
     * {@inheritDoc} The leases of processes that died on this host are cut short, so that nobody waits for their end, and
     * what is past its retention is deleted.
     */
    @Override
    public JdbcStore create(ProviderContext context) {
        return tidied(open(context));
    }

    /** Does what {@link #create} promises beside opening. */
    static JdbcStore tidied(JdbcStore store) {
        try {
            new Nodes(home().nodes()).bury(node -> store.shortenLeases(node, KILL_TIME));
            store.maintain();
        } catch (StoreException e) {
            // Neither is needed to work: leases run out by themselves, and the next process maintains.
            LOG.warn("What earlier processes left could not be cleared away: {}", e.getMessage());
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
        return store;
    }

    /** Opens it, and does nothing else. */
    JdbcStore open(ProviderContext context) {
        if (namesDatabase(context)) {
            return databases.create(new SmallPool(context, CONNECTIONS));
        }
        Path file = file(context);
        try {
            PrivateFiles.createFolder(file.toAbsolutePath().resolveSibling(""));
            PrivateFiles.createFile(database(file));
        } catch (IOException e) {
            throw new StoreException(
                    "the file " + database(file) + " for runs cannot be made: " + e + "; set " + RalphHome.VARIABLE
                            + " to a folder where it can",
                    e);
        }
        return JdbcStore.builder()
                .sharedH2File(file)
                .config(JdbcStoreProvider.config(context))
                .audit(JdbcStoreProvider.audit(context))
                .encryption(JdbcStoreProvider.encryption(context))
                .build();
    }

    /** Whether there is nothing to read: no database is named, and the file is not there. */
    static boolean isMissing(ProviderContext context) {
        return !namesDatabase(context) && !Files.exists(database(file(context)));
    }

    private static boolean namesDatabase(ProviderContext context) {
        return context.property(JdbcStoreProvider.URL).isPresent()
                || context.secrets().find(JdbcStoreProvider.URL).isPresent();
    }

    private static Path file(ProviderContext context) {
        return JdbcStoreProvider.file(context).orElseGet(() -> home().runs());
    }

    /** Where everything else of this program looks, too: a properties file does not move it. */
    private static RalphHome home() {
        return RalphHome.find(System.getProperties(), System::getenv);
    }

    /** As H2 names it. */
    private static Path database(Path file) {
        return file.resolveSibling(file.getFileName() + ".mv.db");
    }
}
