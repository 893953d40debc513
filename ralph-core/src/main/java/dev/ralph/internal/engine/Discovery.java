/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.engine;

import dev.ralph.ConfigurationException;
import java.security.CodeSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.function.Function;

/** Providers by id. */
final class Discovery {

    private Discovery() {}

    /**
     * Puts discovered providers and those registered explicitly into one map; an explicit one replaces a discovered one
     * of its id.
     *
     * @param kind what they provide, for messages
     * @param discovered from a {@link java.util.ServiceLoader}
     * @throws ConfigurationException if two of either kind have one id, or one cannot be loaded
     */
    static <P> Map<String, P> byId(String kind, Iterable<P> discovered, Iterable<P> explicit, Function<P, String> id) {
        try {
            Map<String, P> byId = unique(kind, discovered, id);
            byId.putAll(unique(kind, explicit, id));
            return byId;
        } catch (ServiceConfigurationError | LinkageError e) {
            throw new ConfigurationException(
                    "a provider of " + kind + "s is named in a service file but cannot be loaded (" + e.getMessage()
                            + "); repair or remove its jar",
                    e);
        }
    }

    private static <P> Map<String, P> unique(String kind, Iterable<P> providers, Function<P, String> id) {
        Map<String, P> byId = new LinkedHashMap<>();
        for (P provider : providers) {
            P other = byId.putIfAbsent(id.apply(provider), provider);
            if (other != null) {
                throw new ConfigurationException("two providers of " + kind + "s have the id '" + id.apply(provider)
                        + "': " + origin(other) + " and " + origin(provider) + "; keep one of them");
            }
        }
        return byId;
    }

    private static String origin(Object provider) {
        CodeSource source = provider.getClass().getProtectionDomain().getCodeSource();
        return provider.getClass().getName()
                + (source == null || source.getLocation() == null ? "" : " in " + source.getLocation());
    }
}
