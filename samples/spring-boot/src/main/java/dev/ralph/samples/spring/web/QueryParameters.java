/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.web;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The query of a request, read strictly: a parameter that is unknown, given twice or malformed is refused by its name. */
public final class QueryParameters {

    /** The cursor of the page before. */
    public static final String AFTER = "after";

    /** How many there are a page. */
    public static final String LIMIT = "limit";

    private static final String LABEL = "label.";

    private final String path;
    private final Map<String, String[]> values;

    private QueryParameters(String path, Map<String, String[]> values) {
        this.path = path;
        this.values = values;
    }

    /**
     * Reads the query of a request.
     *
     * @param known the parameters there are, beside {@code label.<name>} if that is one of them
     * @throws InvalidRequestException if another one is given
     */
    public static QueryParameters of(HttpServletRequest request, Set<String> known) {
        QueryParameters query = new QueryParameters(request.getRequestURI(), request.getParameterMap());
        query.values.forEach((name, given) -> {
            boolean label =
                    known.contains(LABEL + "<name>") && name.startsWith(LABEL) && name.length() > LABEL.length();
            if (!known.contains(name) && !label) {
                throw new InvalidRequestException(
                        name,
                        "is no parameter here; there are "
                                + known.stream().sorted().toList());
            }
            if (given.length != 1) {
                throw new InvalidRequestException(name, "is given " + given.length + " times; give it once");
            }
        });
        return query;
    }

    /** The value, or null if there is none. */
    public @Nullable String text(String name) {
        String[] given = values.get(name);
        return given == null || given[0].isEmpty() ? null : given[0];
    }

    /**
     * A time in the form {@code 2026-01-31T12:00:00Z}.
     *
     * @throws InvalidRequestException if it has another form
     */
    public @Nullable Instant time(String name) {
        String text = text(name);
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new InvalidRequestException(name, "is no time; write it as 2026-01-31T12:00:00Z");
        }
    }

    /**
     * A whole number.
     *
     * @throws InvalidRequestException if it is none, or outside its range
     */
    public long number(String name, long otherwise, long min, long max) {
        String text = text(name);
        if (text == null) {
            return otherwise;
        }
        try {
            long number = Long.parseLong(text);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Refused below.
        }
        throw new InvalidRequestException(name, "must be a whole number from " + min + " to " + max);
    }

    /** {@link #LIMIT}: 1 to 1,000, 50 without it. */
    public int limit() {
        return limit(1000);
    }

    /** {@link #LIMIT}: 1 to this many, 50 without it. */
    public int limit(int max) {
        return (int) number(LIMIT, 50, 1, max);
    }

    /**
     * Some of the values of an enumeration, with commas between them.
     *
     * @throws InvalidRequestException if one is none of them
     */
    public <E extends Enum<E>> Set<E> anyOf(String name, Class<E> type) {
        String text = text(name);
        Set<E> chosen = new LinkedHashSet<>();
        if (text != null) {
            for (String value : text.split(",", -1)) {
                chosen.add(Arrays.stream(type.getEnumConstants())
                        .filter(constant -> constant.name().equals(value))
                        .findFirst()
                        .orElseThrow(() -> new InvalidRequestException(
                                name,
                                "must be some of " + List.of(type.getEnumConstants()) + ", with commas between")));
            }
        }
        return chosen;
    }

    /** What {@code label.<name>=<value>} parameters say. */
    public Map<String, String> labels() {
        Map<String, String> labels = new LinkedHashMap<>();
        values.forEach((name, given) -> {
            if (name.startsWith(LABEL)) {
                labels.put(name.substring(LABEL.length()), given[0]);
            }
        });
        return labels;
    }

    /** The address of the page that begins at a cursor: the same path and query, without scheme and host. */
    public String pageAfter(String cursor) {
        StringBuilder address = new StringBuilder(path).append('?');
        values.forEach((name, given) -> {
            if (!name.equals(AFTER)) {
                address.append(encoded(name))
                        .append('=')
                        .append(encoded(given[0]))
                        .append('&');
            }
        });
        return address.append(AFTER).append('=').append(encoded(cursor)).toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
