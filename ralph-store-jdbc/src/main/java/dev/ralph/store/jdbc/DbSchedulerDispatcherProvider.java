/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import dev.ralph.ConfigurationException;
import dev.ralph.InvalidValueException;
import dev.ralph.spi.Dispatcher;
import dev.ralph.spi.DispatcherProvider;
import dev.ralph.spi.ProviderContext;
import java.time.Duration;
import java.util.Set;

/** Makes {@link DbSchedulerDispatcher}: id {@code db-scheduler}. */
public final class DbSchedulerDispatcherProvider implements DispatcherProvider {

    /** {@code work}, or {@code submit} for a node that works no runs; {@code work}. */
    public static final String ROLE = "RALPH_QUEUE_ROLE";

    /** How often a node looks for runs that are due without being told, in milliseconds; 1000. */
    public static final String POLL = "RALPH_QUEUE_POLL_MILLIS";

    /** For the service loader. */
    public DbSchedulerDispatcherProvider() {}

    @Override
    public String id() {
        return "db-scheduler";
    }

    @Override
    public Set<String> properties() {
        return Set.of(ROLE, POLL);
    }

    @Override
    public Dispatcher create(ProviderContext context) {
        String role = context.property(ROLE).orElse("work");
        return switch (role) {
            case "work" -> working(context);
            case "submit" -> DbSchedulerDispatcher.submitting();
            default -> throw new ConfigurationException(ROLE + " is '" + role + "', but must be work or submit");
        };
    }

    private static Dispatcher working(ProviderContext context) {
        String millis = context.property(POLL).orElse("");
        try {
            return millis.isBlank()
                    ? DbSchedulerDispatcher.working()
                    : DbSchedulerDispatcher.working(Duration.ofMillis(Long.parseLong(millis.strip())));
        } catch (NumberFormatException | InvalidValueException e) {
            throw new ConfigurationException(
                    POLL + " is '" + millis + "', but must be a whole number of 10 or more", e);
        }
    }
}
