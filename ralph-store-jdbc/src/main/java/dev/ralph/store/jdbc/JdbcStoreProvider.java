/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import dev.ralph.ConfigurationException;
import dev.ralph.InvalidValueException;
import dev.ralph.spi.ProviderContext;
import dev.ralph.spi.Secret;
import dev.ralph.spi.StoreProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes {@link JdbcStore}: id {@code jdbc}. Without {@link #URL} the runs are in an H2 database in a file, for this process
 * alone.
 */
public final class JdbcStoreProvider implements StoreProvider {

    /** The database, as {@link JdbcStoreBuilder#url} takes it; may also be a secret of that name. */
    public static final String URL = "DATABASE_URL";

    /** A read-only copy of it, for listings. */
    public static final String READ_URL = "DATABASE_READ_URL";

    /** The user, where the URL names none. */
    public static final String USER = "DATABASE_USER";

    /** Name of the secret that is the password, where the URL has none. */
    public static final String PASSWORD = "DATABASE_PASSWORD";

    /** Connections kept open; 20. */
    public static final String POOL_SIZE = "DATABASE_POOL_SIZE";

    /** Connections at most; 40. */
    public static final String MAX_OVERFLOW = "DATABASE_MAX_OVERFLOW";

    /** A {@link MigrationMode}; {@code run}. */
    public static final String MIGRATIONS = "RALPH_STORE_MIGRATIONS";

    /** How many days ended runs are kept; for ever if not set. */
    public static final String RETENTION_DAYS = "RALPH_STORE_RETENTION_DAYS";

    /**
     * How many hours lie between two calls of {@link JdbcStore#maintain}, which the store makes itself; 24. With 0 the host
     * calls it.
     */
    public static final String MAINTENANCE_HOURS = "RALPH_STORE_MAINTENANCE_HOURS";

    /** Where the H2 database is if there is no {@link #URL}; {@code .ralph/runs} in the user's home folder. */
    public static final String FILE = "RALPH_STORE_FILE";

    /** How many nodes share the database: see {@link JdbcStoreConfig#nodes}. */
    public static final String NODES = "RALPH_NODES";

    private static final int DAILY = 24;

    private static final int MOST_HOURS = 24 * 31;

    /** The keys of the audit trail, as {@link AuditKeys#of} takes them; best a secret of that name. */
    public static final String AUDIT_KEY = "AUDIT_KEY";

    /** The keys content is encrypted under, as {@link EncryptionKeys#of} takes them; best a secret of that name. */
    public static final String ENCRYPTION_KEY = "ENCRYPTION_KEY";

    /** Whether content from before there were keys is read: true or false, which is the default. */
    public static final String ENCRYPTION_ACCEPT_CLEAR = "ENCRYPTION_ACCEPT_CLEAR";

    /** How many days months of the audit trail are kept after their end, 30 or more; for ever if not set. */
    public static final String AUDIT_RETENTION_DAYS = "RALPH_AUDIT_RETENTION_DAYS";

    /** For the service loader. */
    public JdbcStoreProvider() {}

    @Override
    public String id() {
        return "jdbc";
    }

    @Override
    public Set<String> properties() {
        return Set.of(
                URL,
                READ_URL,
                USER,
                PASSWORD,
                POOL_SIZE,
                MAX_OVERFLOW,
                MIGRATIONS,
                RETENTION_DAYS,
                MAINTENANCE_HOURS,
                FILE,
                NODES,
                AUDIT_KEY,
                AUDIT_RETENTION_DAYS,
                ENCRYPTION_KEY,
                ENCRYPTION_ACCEPT_CLEAR);
    }

    @Override
    public JdbcStore create(ProviderContext context) {
        JdbcStoreBuilder builder = JdbcStore.builder()
                .config(config(context))
                .audit(audit(context))
                .encryption(encryption(context))
                .maintenance(maintenance(context));
        Optional<String> url = secretOrProperty(context, URL);
        if (url.isPresent()) {
            builder.url(url.get());
        } else {
            builder.h2File(file(context).orElseGet(() -> Path.of(System.getProperty("user.home"), ".ralph", "runs")));
        }
        secretOrProperty(context, READ_URL).ifPresent(builder::readOnlyUrl);
        builder.login(
                context.property(USER).orElse(null),
                context.secrets().find(PASSWORD).orElse(null));
        return builder.build();
    }

    private static @Nullable Duration maintenance(ProviderContext context) {
        int hours = number(context, MAINTENANCE_HOURS, DAILY);
        if (hours < 0 || hours > MOST_HOURS) {
            throw new ConfigurationException(MAINTENANCE_HOURS + " '" + hours + "' must be from 0 to " + MOST_HOURS
                    + "; 0 leaves it to the host");
        }
        return hours == 0 ? null : Duration.ofHours(hours);
    }

    private static Optional<String> secretOrProperty(ProviderContext context, String name) {
        return context.property(name).or(() -> context.secrets().find(name).map(Secret::reveal));
    }

    /**
     * The file that {@link #FILE} names; empty if it is not set.
     *
     * @throws ConfigurationException if it is no path
     */
    public static Optional<Path> file(ProviderContext context) {
        return value(context, FILE, Path::of, "the path of a file");
    }

    /**
     * What is configured of how the store works, for a host that says itself where the database is.
     *
     * @throws ConfigurationException if a value is not of its type or outside its range
     */
    public static JdbcStoreConfig config(ProviderContext context) {
        JdbcStoreConfig defaults = JdbcStoreConfig.DEFAULT;
        int poolSize = number(context, POOL_SIZE, defaults.poolSize());
        int most = number(context, MAX_OVERFLOW, Math.max(poolSize, defaults.maxConnections()));
        try {
            return new JdbcStoreConfig(
                    value(context, MIGRATIONS, JdbcStoreProvider::mode, "run, validate or none")
                            .orElse(defaults.migrations()),
                    poolSize,
                    most,
                    defaults.connectionTimeout(),
                    defaults.idleTimeout(),
                    defaults.statementTimeout(),
                    value(context, RETENTION_DAYS, text -> Duration.ofDays(Integer.parseInt(text)), "a number of days")
                            .orElse(null),
                    number(context, NODES, defaults.nodes()));
        } catch (InvalidValueException e) {
            throw new ConfigurationException(
                    "one of " + POOL_SIZE + ", " + MAX_OVERFLOW + ", " + RETENTION_DAYS + " and " + NODES
                            + " is outside its range: " + e.getMessage(),
                    e);
        }
    }

    /**
     * What is configured of the audit trail, for a host that says itself where the database is.
     *
     * @throws ConfigurationException if a key is malformed, or a value is not of its type or outside its range
     */
    public static AuditConfig audit(ProviderContext context) {
        AuditKeys keys = secretOrProperty(context, AUDIT_KEY)
                .map(text -> AuditKeys.of(new Secret(AUDIT_KEY, text)))
                .orElse(AuditKeys.NONE);
        Duration kept = value(
                        context,
                        AUDIT_RETENTION_DAYS,
                        text -> Duration.ofDays(Integer.parseInt(text)),
                        "a number of days")
                .orElse(null);
        try {
            return AuditConfig.DEFAULT.withKeys(keys).withRetention(kept);
        } catch (InvalidValueException e) {
            throw new ConfigurationException(AUDIT_RETENTION_DAYS + " is outside its range: " + e.getMessage(), e);
        }
    }

    /**
     * What is configured of encryption, for a host that says itself where the database is.
     *
     * @throws ConfigurationException if a key is malformed, or a value is not of its type
     */
    public static EncryptionConfig encryption(ProviderContext context) {
        EncryptionKeys keys = secretOrProperty(context, ENCRYPTION_KEY)
                .map(text -> EncryptionKeys.of(new Secret(ENCRYPTION_KEY, text)))
                .orElse(EncryptionKeys.NONE);
        return new EncryptionConfig(
                keys,
                value(context, ENCRYPTION_ACCEPT_CLEAR, JdbcStoreProvider::flag, "true or false")
                        .orElse(false));
    }

    private static boolean flag(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(text);
        };
    }

    private static MigrationMode mode(String text) {
        return Arrays.stream(MigrationMode.values())
                .filter(mode -> mode.name().toLowerCase(Locale.ROOT).equals(text.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(IllegalArgumentException::new);
    }

    private static int number(ProviderContext context, String name, int otherwise) {
        return value(context, name, Integer::parseInt, "a whole number").orElse(otherwise);
    }

    private static <T> Optional<T> value(
            ProviderContext context, String name, Function<String, T> parse, String expected) {
        return context.property(name).map(text -> {
            try {
                return parse.apply(text.strip());
            } catch (IllegalArgumentException e) {
                throw new ConfigurationException(name + " '" + text + "' must be " + expected, e);
            }
        });
    }
}
