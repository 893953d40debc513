/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Everything that is logged, at every level, until it is closed. Nothing of it reaches other appenders meanwhile. */
final class LogCapture implements AutoCloseable {

    private final Queue<ILoggingEvent> events = new ConcurrentLinkedQueue<>();
    private final Logger root;
    private final Level level;
    private final List<Appender<ILoggingEvent>> others = new ArrayList<>();
    private final Appender<ILoggingEvent> appender;

    private LogCapture(LoggerContext context) {
        root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        level = root.getLevel();
        appender = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                event.prepareForDeferredProcessing();
                events.add(event);
            }
        };
        appender.setContext(context);
        appender.start();
        for (Iterator<Appender<ILoggingEvent>> all = root.iteratorForAppenders(); all.hasNext(); ) {
            others.add(all.next());
        }
        others.forEach(root::detachAppender);
        root.addAppender(appender);
        root.setLevel(Level.TRACE);
    }

    static LogCapture start() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            return new LogCapture(context);
        }
        throw new IllegalStateException(
                "SLF4J logs through "
                        + LoggerFactory.getILoggerFactory().getClass().getName()
                        + ", but this kit reads logs through Logback; have only logback-classic on the class path of the tests");
    }

    /** Messages, their arguments and stack traces. */
    String text() {
        StringBuilder text = new StringBuilder();
        for (ILoggingEvent event : events) {
            text.append(event.getFormattedMessage())
                    .append(Arrays.deepToString(event.getArgumentArray()))
                    .append(event.getMDCPropertyMap())
                    .append(stackTrace(event.getThrowableProxy()))
                    .append('\n');
        }
        return text.toString();
    }

    @Override
    public void close() {
        root.setLevel(level);
        root.detachAppender(appender);
        others.forEach(root::addAppender);
    }

    private static String stackTrace(@Nullable IThrowableProxy thrown) {
        return thrown == null ? "" : ThrowableProxyUtil.asString(thrown);
    }
}
