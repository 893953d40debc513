/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.log;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Stands before all appenders that Boot has made, whatever they are configured to: from then on each line has its secrets masked,
 * and errors are reported to Sentry, if {@code SENTRY_DSN} is set. Named in {@code META-INF/spring.factories}, since it is needed
 * before there are beans.
 */
public final class LogGuard implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

    private static final String NAME = "safe";
    private static final String REPORTS = "safe reports";

    /** Right after Boot has set the log up. */
    @Override
    public int getOrder() {
        return LoggingApplicationListener.DEFAULT_ORDER + 1;
    }

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            guard(context, event.getEnvironment());
        }
    }

    /**
     * Does so for a log that is set up. A second application in this JVM shares the first one's log while that is there: its secrets
     * are masked, too. For one that comes after it Boot sets the log up anew.
     *
     * @throws dev.ralph.ConfigurationException if the DSN is none; the log is masked by then
     */
    static void guard(LoggerContext context, ConfigurableEnvironment environment) {
        Masks known = masks(context);
        if (known != null) {
            known.add(Masks.of(environment));
            return;
        }
        Masks masks = new Masks();
        masks.add(Masks.of(environment));
        context.getLoggerList().forEach(logger -> guard(context, logger, masks));
        String dsn = SentryReports.dsn(environment);
        if (dsn != null) {
            Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
            root.addAppender(
                    safe(context, REPORTS, masks, List.of(SentryReports.appender(context, dsn, environment, masks))));
        }
    }

    private static void guard(LoggerContext context, Logger logger, Masks masks) {
        List<Appender<ILoggingEvent>> places = new ArrayList<>();
        logger.iteratorForAppenders().forEachRemaining(places::add);
        boolean root = logger.getName().equals(org.slf4j.Logger.ROOT_LOGGER_NAME);
        if (root || !places.isEmpty()) {
            logger.addAppender(safe(context, NAME, masks, places));
            places.forEach(logger::detachAppender);
        }
    }

    private static SafeAppender safe(
            LoggerContext context, String name, Masks masks, List<Appender<ILoggingEvent>> behind) {
        SafeAppender safe = new SafeAppender(masks, behind);
        safe.setContext(context);
        safe.setName(name);
        safe.start();
        return safe;
    }

    /** What is masked in the log; null where nobody guards it. */
    static @Nullable Masks masks(LoggerContext context) {
        return context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).getAppender(NAME) instanceof SafeAppender safe
                ? safe.masks()
                : null;
    }
}
