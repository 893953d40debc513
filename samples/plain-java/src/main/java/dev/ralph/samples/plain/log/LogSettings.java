/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.core.util.FileSize;
import dev.ralph.ConfigurationException;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is configured of the log.
 *
 * @param level from which on Ralph is logged; libraries are from WARN on, if this is INFO
 * @param format how lines look
 * @param file where they go beside standard error, or null
 * @param fileSize what the file may grow to before it is rotated
 * @param sentryDsn where errors are reported to, or null
 */
public record LogSettings(
        Level level,
        LogFormat format,
        @Nullable Path file,
        FileSize fileSize,
        @Nullable String sentryDsn) {

    static final String LEVEL = "LOG_LEVEL";
    static final String FORMAT = "LOG_FORMAT";
    static final String FILE = "LOG_FILE";
    static final String FILE_SIZE = "LOG_FILE_SIZE";
    static final String SENTRY_DSN = "SENTRY_DSN";

    private static final String DEFAULT_FILE_SIZE = "100MB";
    private static final Pattern SIZE = Pattern.compile("[1-9][0-9]{0,5}(KB|MB|GB)");

    /** Before anything is known. */
    static final LogSettings FIRST =
            new LogSettings(Level.WARN, LogFormat.TEXT, null, FileSize.valueOf(DEFAULT_FILE_SIZE), null);

    /**
     * Reads them, from system properties and the environment. Standard output shows what a run does, so the log repeats it only
     * where somebody asks for one by its format or its file.
     *
     * @throws ConfigurationException naming the value that cannot be used, and what can
     */
    public static LogSettings read(LogUse use) {
        return read(use, name -> {
            String property = System.getProperty(name);
            return property == null ? System.getenv(name) : property;
        });
    }

    static LogSettings read(LogUse use, Function<String, @Nullable String> variables) {
        Function<String, @Nullable String> values = name -> {
            String value = variables.apply(name);
            return value == null || value.isBlank() ? null : value.strip();
        };
        LogFormat format = format(values.apply(FORMAT));
        Path file = file(values.apply(FILE));
        FileSize size = size(values.apply(FILE_SIZE));
        String dsn = dsn(values.apply(SENTRY_DSN));
        if (use == LogUse.LOOKING) {
            return new LogSettings(level(values.apply(LEVEL), Level.WARN), format, null, size, null);
        }
        boolean asked = values.apply(FORMAT) != null || file != null;
        return new LogSettings(level(values.apply(LEVEL), asked ? Level.INFO : Level.WARN), format, file, size, dsn);
    }

    private static Level level(@Nullable String value, Level unset) {
        if (value == null) {
            return unset;
        }
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "error" -> Level.ERROR;
            case "warn", "warning" -> Level.WARN;
            case "info" -> Level.INFO;
            case "debug" -> Level.DEBUG;
            case "trace" -> Level.TRACE;
            case "off" -> Level.OFF;
            default -> throw bad(LEVEL, value, "error, warn, info, debug, trace or off");
        };
    }

    private static LogFormat format(@Nullable String value) {
        if (value == null) {
            return LogFormat.TEXT;
        }
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "text" -> LogFormat.TEXT;
            case "json" -> LogFormat.JSON;
            default -> throw bad(FORMAT, value, "json or text");
        };
    }

    private static @Nullable Path file(@Nullable String value) {
        try {
            return value == null ? null : Path.of(value).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw bad(FILE, value, "the path of a file");
        }
    }

    private static FileSize size(@Nullable String value) {
        String size = value == null ? DEFAULT_FILE_SIZE : value.toUpperCase(Locale.ROOT);
        if (!SIZE.matcher(size).matches()) {
            throw bad(FILE_SIZE, value, "a size such as 500KB, 100MB or 1GB");
        }
        return FileSize.valueOf(size);
    }

    /** A DSN holds a key, so it is not shown. */
    private static @Nullable String dsn(@Nullable String value) {
        if (value != null && !isDsn(value)) {
            throw new ConfigurationException(
                    SENTRY_DSN + " is no DSN; copy it from the project's settings in Sentry, it looks"
                            + " like https://KEY@HOST/PROJECT, or unset it");
        }
        return value;
    }

    private static boolean isDsn(String value) {
        try {
            URI uri = URI.create(value);
            String path = uri.getPath();
            return ("https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getUserInfo() != null
                    && !uri.getUserInfo().startsWith(":")
                    && path != null
                    && path.matches("/.*[^/]/?");
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static ConfigurationException bad(String name, @Nullable String value, String expected) {
        return new ConfigurationException(name + " is '" + value + "', but must be " + expected);
    }
}
