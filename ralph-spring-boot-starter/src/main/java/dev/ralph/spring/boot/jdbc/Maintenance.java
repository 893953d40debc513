/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spring.boot.jdbc;

import dev.ralph.ConfigurationException;
import dev.ralph.spi.ProviderContext;
import dev.ralph.store.jdbc.JdbcStoreProvider;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How often a store maintains itself. */
final class Maintenance {

    private static final int DAILY = 24;
    private static final int MOST_HOURS = 24 * 31;

    private Maintenance() {}

    /**
     * As configured; null if the application does it.
     *
     * @throws ConfigurationException if it is outside its range
     */
    static @Nullable Duration interval(ProviderContext context) {
        String text = context.property(JdbcStoreProvider.MAINTENANCE_HOURS).orElse(Integer.toString(DAILY));
        int hours;
        try {
            hours = Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw outOfRange(text);
        }
        if (hours < 0 || hours > MOST_HOURS) {
            throw outOfRange(text);
        }
        return hours == 0 ? null : Duration.ofHours(hours);
    }

    private static ConfigurationException outOfRange(String text) {
        return new ConfigurationException(JdbcStoreProvider.MAINTENANCE_HOURS + " '" + text + "' must be from 0 to "
                + MOST_HOURS + "; 0 leaves it to the host");
    }
}
