/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;

/** Whoever logged it, libraries included, what goes on to the appenders behind this has no secrets and no forged lines. */
final class SafeAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {

    /** Its reports are written by Boot, take several lines, and quote what is configured. */
    private static final String REPORTS = "org.springframework.boot.diagnostics.";

    private final Masks masks;
    private final List<Appender<ILoggingEvent>> behind;

    SafeAppender(Masks masks, List<Appender<ILoggingEvent>> behind) {
        this.masks = masks;
        this.behind = List.copyOf(behind);
    }

    Masks masks() {
        return masks;
    }

    @Override
    public void stop() {
        super.stop();
        behind.forEach(Appender::stop);
    }

    @Override
    protected void append(ILoggingEvent event) {
        List<Marker> markers = event.getMarkerList();
        ILoggingEvent safe = markers != null && markers.contains(LogMarkers.FOR_THE_OPERATOR) ? event : safe(event);
        behind.forEach(appender -> appender.doAppend(safe));
    }

    private ILoggingEvent safe(ILoggingEvent event) {
        LoggingEvent safe = new SafeEvent(event);
        String message = event.getFormattedMessage();
        safe.setMessage(event.getLoggerName().startsWith(REPORTS) ? masks.mask(message) : masks.line(message));
        if (event.getThrowableProxy() instanceof ThrowableProxy thrown) {
            safe.setThrowableProxy(new ThrowableProxy(masks.failure(thrown.getThrowable())));
        }
        safe.setLevel(event.getLevel());
        safe.setLoggerName(event.getLoggerName());
        safe.setThreadName(masks.line(event.getThreadName()));
        safe.setInstant(event.getInstant());
        safe.setLoggerContextRemoteView(event.getLoggerContextVO());
        safe.setMDCPropertyMap(context(event.getMDCPropertyMap()));
        List<Marker> markers = event.getMarkerList();
        if (markers != null) {
            markers.forEach(safe::addMarker);
        }
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        if (pairs != null) {
            pairs.forEach(pair -> safe.addKeyValuePair(new KeyValuePair(masks.line(pair.key), masks.line(pair.value))));
        }
        return safe;
    }

    private Map<String, String> context(Map<String, String> values) {
        Map<String, String> safe = new HashMap<>();
        values.forEach((key, value) -> safe.put(masks.line(key), masks.line(value)));
        return safe;
    }

    /** Knows where it was logged, if a pattern asks. */
    private static final class SafeEvent extends LoggingEvent {

        private final ILoggingEvent event;

        SafeEvent(ILoggingEvent event) {
            this.event = event;
        }

        @Override
        public StackTraceElement[] getCallerData() {
            return event.getCallerData();
        }

        @Override
        public boolean hasCallerData() {
            return event.hasCallerData();
        }
    }
}
