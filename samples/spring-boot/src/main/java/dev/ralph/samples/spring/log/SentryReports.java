/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import dev.ralph.ConfigurationException;
import dev.ralph.log.LogNames;
import dev.ralph.log.Redaction;
import dev.ralph.spring.boot.properties.PropertyText;
import io.sentry.Sentry;
import io.sentry.SentryEvent;
import io.sentry.SentryOptions;
import io.sentry.logback.SentryAppender;
import io.sentry.protocol.Message;
import io.sentry.protocol.SentryException;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.ConfigurableEnvironment;

/** Reports errors to Sentry: their messages, traces and context, and nothing of what led to them. */
final class SentryReports {

    /** A service that is away must not keep the process from ending. */
    private static final int PATIENCE_MILLIS = 3_000;

    private static final String DSN = "sentry.dsn";

    private SentryReports() {}

    /**
     * The DSN that is configured, as {@code sentry.dsn} or {@code SENTRY_DSN}; null without one. It holds a key, so it is not
     * shown.
     *
     * @throws ConfigurationException if it is none
     */
    static @Nullable String dsn(ConfigurableEnvironment properties) {
        String value = text(properties, DSN);
        if (value == null) {
            return null;
        }
        if (!isDsn(value)) {
            throw new ConfigurationException(
                    "SENTRY_DSN is no DSN; copy it from the project's settings in Sentry, it looks"
                            + " like https://KEY@HOST/PROJECT, or unset it");
        }
        return value;
    }

    private static @Nullable String text(ConfigurableEnvironment properties, String name) {
        return PropertyText.find(properties, name).orElse(null);
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

    static Appender<ILoggingEvent> appender(
            LoggerContext context, String dsn, ConfigurableEnvironment properties, Redaction redaction) {
        SentryOptions options = new SentryOptions();
        options.setDsn(dsn);
        options.setEnvironment(text(properties, "sentry.environment"));
        options.setRelease(text(properties, "sentry.release"));
        // What else the client would read of the environment might send more than what is masked here.
        options.setEnableExternalConfiguration(false);
        options.setSendDefaultPii(false);
        options.setMaxBreadcrumbs(0);
        options.setSendModules(false);
        options.setEnableUncaughtExceptionHandler(false);
        options.setEnableAutoSessionTracking(false);
        options.setConnectionTimeoutMillis(PATIENCE_MILLIS);
        options.setReadTimeoutMillis(PATIENCE_MILLIS);
        options.setFlushTimeoutMillis(PATIENCE_MILLIS);
        options.setShutdownTimeoutMillis(PATIENCE_MILLIS);
        LogNames.KEYS.forEach(options::addContextTag);
        options.setBeforeSend((event, hint) -> masked(event, redaction));
        // The appender itself would read the environment first.
        Sentry.init(options);
        SentryAppender appender = new SentryAppender();
        appender.setContext(context);
        appender.setName("sentry");
        appender.setOptions(options);
        appender.setMinimumEventLevel(Level.ERROR);
        appender.setMinimumBreadcrumbLevel(Level.OFF);
        appender.start();
        return appender;
    }

    /** Once more, as the client itself puts reports together. */
    private static SentryEvent masked(SentryEvent event, Redaction redaction) {
        Message message = event.getMessage();
        if (message != null) {
            message.setFormatted(line(message.getFormatted(), redaction));
            message.setMessage(line(message.getMessage(), redaction));
            message.setParams(null);
        }
        List<SentryException> exceptions = event.getExceptions();
        if (exceptions != null) {
            exceptions.forEach(exception -> exception.setValue(line(exception.getValue(), redaction)));
        }
        return event;
    }

    private static @Nullable String line(@Nullable String text, Redaction redaction) {
        return text == null ? null : redaction.line(text);
    }
}
