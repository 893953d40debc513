/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import dev.ralph.ConfigurationException;
import dev.ralph.spi.Secret;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a database is, in JDBC's terms. Never shows the password, nor the query, which may hold one.
 *
 * @param jdbcUrl without user and password where the URL had them in front of the host
 * @param user the user, or null if the JDBC URL names one or none is needed
 * @param password the password, or null
 */
record DatabaseUrl(
        String jdbcUrl, @Nullable String user, @Nullable Secret password) {

    private static final String FORMS =
            "postgresql://user:password@host:port/database, jdbc:postgresql:… or jdbc:h2:file:/path";

    /** As H2's own tools assume. */
    private static final String H2_USER = "sa";

    private static final Pattern POSTGRESQL = Pattern.compile(
            "(?:postgresql|postgres)(?:\\+\\w+)?://(?:(?<login>[^/?#]*)@)?(?<hosts>[^@/?#]*)(?:/(?<database>[^?#]*))?"
                    + "(?:\\?(?<query>[^#]*))?",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern HOST = Pattern.compile("(\\[[0-9a-fA-F:.%]+]|[^:,\\[\\]\\s]*)(:\\d{1,5})?");

    private static final Pattern H2_FILE = Pattern.compile(
            "jdbc:h2:(?:(?:file|async|nio|retry):)?((?:[/~.]|[A-Za-z]:[\\\\/])[^;]*).*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final Pattern WRITE_DELAY = Pattern.compile(";WRITE_DELAY=(\\d+)", Pattern.CASE_INSENSITIVE);

    /**
     * Reads a URL as deployments write it; parts that have a meaning in URLs are percent-encoded.
     *
     * @throws ConfigurationException if it is of none of the forms; the message does not show it
     */
    static DatabaseUrl parse(String url) {
        String text = url.strip();
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.startsWith("jdbc:postgresql:")) {
            return new DatabaseUrl(text, null, null);
        }
        if (lower.startsWith("jdbc:h2:")) {
            return new DatabaseUrl(h2(text), lower.contains(";user=") ? null : H2_USER, null);
        }
        Matcher parts = POSTGRESQL.matcher(text);
        if (!parts.matches()) {
            throw new ConfigurationException("the database URL is of no form Ralph knows; write " + FORMS);
        }
        return postgresql(parts);
    }

    /**
     * An H2 database in a file of this process.
     *
     * @throws ConfigurationException if H2 cannot open a file of that name
     */
    static DatabaseUrl h2File(Path file) {
        // In H2's URLs it begins a setting, whatever is done to quote it.
        if (file.toAbsolutePath().toString().indexOf(';') >= 0) {
            throw new ConfigurationException(
                    "the file " + file + " has a ';' in its path, which H2 cannot open; name another");
        }
        return parse("jdbc:h2:file:" + file.toAbsolutePath());
    }

    /** The folder of an H2 file; empty for what is on no disk of this host as far as is known. */
    Optional<Path> folder() {
        Matcher file = H2_FILE.matcher(jdbcUrl);
        return file.matches()
                ? Optional.of(folderOf(Path.of(file.group(1)
                                .replaceFirst("^~", Matcher.quoteReplacement(System.getProperty("user.home", ".")))))
                        .toAbsolutePath())
                : Optional.empty();
    }

    /** The folder of a file. */
    static Path folderOf(Path file) {
        Path folder = file.getParent();
        return folder == null ? Path.of("") : folder;
    }

    /** With this user and password where it has none. */
    DatabaseUrl withLogin(@Nullable String otherUser, @Nullable Secret otherPassword) {
        return new DatabaseUrl(jdbcUrl, user == null ? otherUser : user, password == null ? otherPassword : password);
    }

    boolean isH2() {
        return jdbcUrl.toLowerCase(Locale.ROOT).startsWith("jdbc:h2:");
    }

    /** Host and database, or the file: for messages. */
    @Override
    public String toString() {
        int query = indexOfAny(jdbcUrl, "?;");
        int login = isH2() ? -1 : jdbcUrl.lastIndexOf('@');
        if (query >= 0 && login > query) {
            // Either the query has it or a password has what begins a query: nobody can tell.
            return "jdbc:postgresql:…";
        }
        String shown = query < 0 ? jdbcUrl : jdbcUrl.substring(0, query);
        return login < 0 ? shown : "jdbc:postgresql://" + shown.substring(login + 1);
    }

    private static DatabaseUrl postgresql(Matcher parts) {
        String hosts = Optional.ofNullable(parts.group("hosts")).orElse("");
        for (String host : hosts.split(",", -1)) {
            if (!HOST.matcher(host).matches()) {
                throw new ConfigurationException(
                        "the database URL has no valid host and port between '//' or '@' and the next '/'; write "
                                + FORMS + ", with @, :, / and ? in user and password percent-encoded");
            }
        }
        String database = Optional.ofNullable(parts.group("database")).orElse("");
        String query = parts.group("query");
        String login = parts.group("login");
        String user = null;
        Secret password = null;
        if (login != null && !login.isEmpty()) {
            int colon = login.indexOf(':');
            user = decode("user", colon < 0 ? login : login.substring(0, colon));
            String raw = colon < 0 ? "" : decode("password", login.substring(colon + 1));
            password = raw.isBlank() ? null : new Secret("DATABASE_URL", raw);
        }
        // The driver decodes the database's name itself.
        String jdbc = "jdbc:postgresql://" + hosts + "/" + database + (query == null ? "" : "?" + query);
        return new DatabaseUrl(jdbc, user, password);
    }

    /**
     * A file is opened as {@code async:}: in a plain file, an interrupt of the thread that writes closes it under every
     * thread. Without a write delay of 0, commits are lost when the process is killed.
     */
    private static String h2(String url) {
        String settings = url;
        Matcher delay = WRITE_DELAY.matcher(url);
        if (!delay.find()) {
            settings += ";WRITE_DELAY=0";
        } else if (!delay.group(1).equals("0")) {
            throw new ConfigurationException("the database URL sets WRITE_DELAY=" + delay.group(1)
                    + ", with which a killed process loses what it had committed; remove it or set it to 0");
        }
        return settings.replaceFirst(
                "(?i)^jdbc:h2:(?:file:)?(?!async:|mem:|tcp:|ssl:|zip:|nio:|retry:)", "jdbc:h2:async:");
    }

    private static String decode(String part, String text) {
        try {
            // A plus is a plus in this part of a URL; the decoder would make a blank of it.
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(
                    "the " + part + " in the database URL is not percent-encoded as it must be; write % as %25");
        }
    }

    private static int indexOfAny(String text, String characters) {
        for (int i = 0; i < text.length(); i++) {
            if (characters.indexOf(text.charAt(i)) >= 0) {
                return i;
            }
        }
        return -1;
    }
}
