/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.loop;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/** Everything that Ralph logs, at every level, until it is closed. */
final class LogLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    /** One line: its message, the messages of what was thrown, and the context. */
    record Line(String logger, Level level, String message, String failures, Map<String, String> context) {}

    private final Logger ralph = (Logger) LoggerFactory.getLogger("dev.ralph");
    private final List<Line> lines = new CopyOnWriteArrayList<>();
    private final Consumer<Line> also;

    private LogLines(Consumer<Line> also) {
        this.also = also;
    }

    static LogLines capture() {
        return capture(line -> {});
    }

    /** Does something else on the thread that logs. */
    static LogLines capture(Consumer<Line> also) {
        LogLines lines = new LogLines(also);
        lines.setContext(lines.ralph.getLoggerContext());
        lines.start();
        lines.ralph.addAppender(lines);
        lines.ralph.setAdditive(false);
        lines.ralph.setLevel(Level.TRACE);
        return lines;
    }

    List<Line> lines() {
        return List.copyOf(lines);
    }

    /** Those of one logger. */
    List<Line> of(String logger) {
        return lines.stream().filter(line -> line.logger().equals(logger)).toList();
    }

    @Override
    protected void append(ILoggingEvent event) {
        StringBuilder failures = new StringBuilder();
        for (IThrowableProxy failure = event.getThrowableProxy(); failure != null; failure = failure.getCause()) {
            failures.append(failure.getMessage()).append(' ');
        }
        Line line = new Line(
                event.getLoggerName(),
                event.getLevel(),
                event.getFormattedMessage(),
                failures.toString(),
                Map.copyOf(event.getMDCPropertyMap()));
        also.accept(line);
        lines.add(line);
    }

    @Override
    public void close() {
        ralph.setLevel(null);
        ralph.setAdditive(true);
        ralph.detachAppender(this);
    }
}
