/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.cache.redis;

import dev.ralph.ConfigurationException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where Redis is. Never shown: {@link #toString} leaves out user and password, and so does every message.
 *
 * @param kind what stands there
 * @param tls whether connections are encrypted
 * @param hosts one, or several of a cluster or of its sentinels
 * @param user of the access control list; null for the default user
 * @param password null if there is none
 * @param database 0 in a cluster
 * @param master the name by which sentinels know the server
 */
record RedisUrl(
        Kind kind,
        boolean tls,
        List<Host> hosts,
        @Nullable String user,
        @Nullable String password,
        int database,
        @Nullable String master) {

    static final String FORMS =
            "redis://[user:password@]host[:port][/database], redis-sentinel://[user:password@]host[:port]"
                    + "[,host[:port]…][/database]#master or redis-cluster://[user:password@]host[:port][,host[:port]…],"
                    + " with rediss in place of redis for TLS, and what is special in URLs percent-encoded";

    private static final Pattern URL = Pattern.compile("(redis|rediss)(-sentinel|-cluster)?://"
            + "(?:(?<login>[^@/#?]*)@)?(?<hosts>[^@/#?]+)(?:/(?<database>\\d{0,5}))?(?:#(?<master>[\\w.-]+))?");
    private static final Pattern HOST =
            Pattern.compile("(?:\\[(?<six>[0-9a-fA-F:.%]+)]|(?<name>[\\w.-]+))(?::(?<port>\\d{1,5}))?");
    private static final int REDIS_PORT = 6379;
    private static final int SENTINEL_PORT = 26379;
    private static final int MOST_PORTS = 65535;

    /** What a URL leads to. */
    enum Kind {
        SERVER,
        SENTINELS,
        CLUSTER
    }

    /** A name or address, and a port. */
    record Host(String name, int port) {

        @Override
        public String toString() {
            return name + ":" + port;
        }
    }

    /**
     * Reads a URL.
     *
     * @throws ConfigurationException if it has none of the {@link #FORMS}; does not show it
     */
    static RedisUrl parse(String text) {
        Matcher url = URL.matcher(text.strip());
        if (!url.matches()) {
            throw malformed("has another form");
        }
        Kind kind =
                url.group(2) == null ? Kind.SERVER : url.group(2).equals("-sentinel") ? Kind.SENTINELS : Kind.CLUSTER;
        String master = url.group("master");
        if (kind == Kind.SENTINELS != (master != null)) {
            throw malformed(master == null ? "names no master" : "names a master, but no sentinels");
        }
        List<Host> hosts = Arrays.stream(url.group("hosts").split(",", -1))
                .map(host -> host(host, kind == Kind.SENTINELS ? SENTINEL_PORT : REDIS_PORT))
                .toList();
        if (kind == Kind.SERVER && hosts.size() > 1) {
            throw malformed("names several hosts, but neither sentinels nor a cluster");
        }
        String digits = url.group("database");
        int database = digits == null || digits.isEmpty() ? 0 : Integer.parseInt(digits);
        if (kind == Kind.CLUSTER && database != 0) {
            throw malformed("names a database, which a cluster does not have");
        }
        String login = url.group("login");
        int colon = login == null ? -1 : login.indexOf(':');
        return new RedisUrl(
                kind,
                url.group(1).equals("rediss"),
                hosts,
                login == null || colon <= 0 ? null : decoded(login.substring(0, colon)),
                login == null || login.length() == colon + 1 ? null : decoded(login.substring(colon + 1)),
                database,
                master);
    }

    private static Host host(String text, int otherwise) {
        Matcher host = HOST.matcher(text);
        if (!host.matches()) {
            throw malformed("has a host of another form");
        }
        int port = host.group("port") == null ? otherwise : Integer.parseInt(host.group("port"));
        if (port < 1 || port > MOST_PORTS) {
            throw malformed("has a port that is not from 1 to " + MOST_PORTS);
        }
        return new Host(host.group("six") == null ? host.group("name") : host.group("six"), port);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // Without its cause, which quotes what it could not decode.
            throw malformed("has a user or password with a '%' that no code follows");
        }
    }

    private static ConfigurationException malformed(String fault) {
        return new ConfigurationException("the URL of Redis " + fault + "; it must be " + FORMS);
    }

    /** The text without user and password, wherever it may have come from. */
    String redacted(@Nullable String message) {
        String shown = String.valueOf(message);
        if (password != null) {
            String encoded = URLEncoder.encode(password, StandardCharsets.UTF_8).replace("+", "%20");
            shown = Pattern.compile(Pattern.quote(encoded), Pattern.CASE_INSENSITIVE)
                    .matcher(shown.replace(password, "***"))
                    .replaceAll("***");
        }
        // As a word alone: names are short.
        return user == null ? shown : shown.replaceAll("(?<!\\w)" + Pattern.quote(user) + "(?!\\w)", "***");
    }

    @Override
    public String toString() {
        return kind.name().toLowerCase(Locale.ROOT) + (tls ? " with TLS at " : " at ") + hosts;
    }
}
