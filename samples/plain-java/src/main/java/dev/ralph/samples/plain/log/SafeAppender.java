/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import dev.ralph.log.Redaction;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/**
 * The last line of defence: whoever logged it, libraries included, what goes on to the appenders behind this has secrets
 * masked, and its message, its context and the messages of failures are one line each.
 */
final class SafeAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {

    /** These complain of a database that is away with stack traces; the first cause says as much. */
    private static final List<String> TALKATIVE = List.of("com.github.kagkarlsson.", "com.zaxxer.hikari.");

    private final Redaction redaction;
    private final List<Appender<ILoggingEvent>> behind;

    SafeAppender(Redaction redaction, List<Appender<ILoggingEvent>> behind) {
        this.redaction = redaction;
        this.behind = List.copyOf(behind);
    }

    @Override
    public void stop() {
        super.stop();
        behind.forEach(Appender::stop);
    }

    @Override
    protected void append(ILoggingEvent event) {
        ILoggingEvent safe = safe(event);
        behind.forEach(appender -> appender.doAppend(safe));
    }

    private ILoggingEvent safe(ILoggingEvent event) {
        LoggingEvent safe = new LoggingEvent();
        Throwable thrown = thrown(event.getThrowableProxy());
        String message = redaction.line(event.getFormattedMessage());
        if (thrown != null && isTalkative(event.getLoggerName())) {
            safe.setMessage(message + " " + redaction.line(root(thrown)));
        } else {
            safe.setMessage(message);
            if (thrown != null) {
                safe.setThrowableProxy(new ThrowableProxy(redaction.failure(thrown)));
            }
        }
        safe.setLevel(event.getLevel());
        safe.setLoggerName(event.getLoggerName());
        safe.setThreadName(redaction.line(event.getThreadName()));
        Instant at = event.getInstant();
        safe.setInstant(at == null ? Instant.ofEpochMilli(event.getTimeStamp()) : at);
        safe.setLoggerContextRemoteView(event.getLoggerContextVO());
        safe.setMDCPropertyMap(context(event.getMDCPropertyMap()));
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        if (pairs != null) {
            pairs.forEach(pair ->
                    safe.addKeyValuePair(new KeyValuePair(redaction.line(pair.key), redaction.line(pair.value))));
        }
        return safe;
    }

    private Map<String, String> context(Map<String, String> values) {
        Map<String, String> safe = new HashMap<>();
        values.forEach((key, value) -> safe.put(redaction.line(key), redaction.line(value)));
        return safe;
    }

    private static @Nullable Throwable thrown(@Nullable IThrowableProxy proxy) {
        return proxy instanceof ThrowableProxy here ? here.getThrowable() : null;
    }

    private static boolean isTalkative(String logger) {
        return TALKATIVE.stream().anyMatch(logger::startsWith);
    }

    private static Throwable root(Throwable thrown) {
        Throwable root = thrown;
        for (int depth = 0; root.getCause() != null && depth < 100; depth++) {
            root = root.getCause();
        }
        return root;
    }
}
