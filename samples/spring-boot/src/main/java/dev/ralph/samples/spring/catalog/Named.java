/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.catalog;

import dev.ralph.ConfigurationException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Things clients choose by name, each for some tenants. Somebody else's thing is as unknown as one that does not exist.
 *
 * @param <T> what is chosen
 */
final class Named<T> {

    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9_-]{0,63}";
    private static final String EVERYBODY = "*";

    private record Entry<V>(V value, Set<String> tenants) {

        boolean isFor(String tenant) {
            return tenants.contains(EVERYBODY) || tenants.contains(tenant);
        }
    }

    private final Map<String, Entry<T>> entries;

    private Named(Map<String, Entry<T>> entries) {
        this.entries = Collections.unmodifiableMap(entries);
    }

    /**
     * Makes what is configured under a property.
     *
     * @param property such as {@code host.agents}, for messages
     * @param known the tenants there are
     * @param make makes the thing from its name and its settings
     * @throws ConfigurationException if a name cannot be used, or a thing is for nobody, or for a tenant that is not there
     */
    static <S, T> Named<T> of(
            String property,
            Map<String, S> settings,
            Function<S, List<String>> tenants,
            Collection<String> known,
            BiFunction<String, S, T> make) {
        Map<String, Entry<T>> entries = new LinkedHashMap<>();
        settings.forEach((name, setting) -> {
            if (!name.matches(NAME)) {
                throw new ConfigurationException(property + " has the name '" + name
                        + "'; use 1 to 64 letters, digits, '-' and '_', beginning with a letter or digit");
            }
            List<String> allowed = tenants.apply(setting);
            if (allowed.isEmpty()) {
                throw new ConfigurationException(property + "." + name
                        + ".tenants is empty, so nobody could use it; name tenants, or * for everybody");
            }
            allowed.stream()
                    .filter(tenant -> !tenant.equals(EVERYBODY) && !known.contains(tenant))
                    .findFirst()
                    .ifPresent(tenant -> {
                        throw new ConfigurationException(property + "." + name + ".tenants has '" + tenant
                                + "', which is none of " + List.copyOf(known)
                                + "; add it to host.tenants (HOST_TENANTS), or correct it");
                    });
            entries.put(name, new Entry<>(make.apply(name, setting), Set.copyOf(allowed)));
        });
        return new Named<>(entries);
    }

    /** The thing of this name, if this tenant may use it. */
    Optional<T> find(String tenant, String name) {
        return Optional.ofNullable(entries.get(name))
                .filter(entry -> entry.isFor(tenant))
                .map(Entry::value);
    }

    /** The names this tenant may use, in the order they are configured in. */
    List<String> names(String tenant) {
        List<String> names = new ArrayList<>();
        entries.forEach((name, entry) -> {
            if (entry.isFor(tenant)) {
                names.add(name);
            }
        });
        return List.copyOf(names);
    }
}
