/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import dev.ralph.log.Redaction;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.LoggerFactory;

/** Sets this process's log up. What is masked in it is the process's too, and is kept where the log is. */
public final class Logs {

    private static final String MASKS = Masks.class.getName();
    private static final String RALPH = "dev.ralph";

    /** Warns when it makes a database with an H2 newer than Flyway's own tests had; Ralph's tests have this very one. */
    private static final String FLYWAY_DATABASE = "org.flywaydb.core.internal.database.base.Database";

    private Logs() {}

    /**
     * Logs as configured from now on, and forgets what was masked. Call it from one thread.
     *
     * @throws dev.ralph.ConfigurationException if the file cannot be written; the log stays as it was
     */
    public static void start(LogSettings settings) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        if (settings.file() != null) {
            LogFiles.requireWritable(settings.file());
        }
        context.reset();
        configure(context, settings, new Masks(System.getenv()));
    }

    /** Has everything that it masks masked in the log, too. */
    public static void mask(Redaction redaction) {
        if (((LoggerContext) LoggerFactory.getILoggerFactory()).getObject(MASKS) instanceof Masks masks) {
            masks.add(redaction);
        }
    }

    static void configure(LoggerContext context, LogSettings settings, Masks masks) {
        context.putObject(MASKS, masks);
        List<Appender<ILoggingEvent>> places = new ArrayList<>();
        if (settings.file() == null) {
            places.add(LogPlaces.standardError(context, settings.format(), Level.TRACE));
        } else {
            places.add(LogPlaces.file(context, settings.format(), settings.file(), settings.fileSize()));
            places.add(LogPlaces.standardError(context, settings.format(), Level.WARN));
        }
        if (settings.sentryDsn() != null) {
            places.add(SentryReports.appender(context, settings.sentryDsn(), masks));
        }
        SafeAppender safe = new SafeAppender(masks, places);
        safe.setContext(context);
        safe.setName("safe");
        safe.start();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(settings.level() == Level.INFO ? Level.WARN : settings.level());
        root.addAppender(safe);
        context.getLogger(RALPH).setLevel(settings.level());
        context.getLogger(FLYWAY_DATABASE).setLevel(settings.level() == Level.OFF ? Level.OFF : Level.ERROR);
    }
}
