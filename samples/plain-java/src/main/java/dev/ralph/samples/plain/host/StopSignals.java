/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.host;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jline.utils.Signals;

/** Hears SIGINT and SIGTERM until it is closed. */
final class StopSignals implements AutoCloseable {

    private static final String INTERRUPT = "INT";
    private static final String TERMINATE = "TERM";

    private final Map<String, Object> before = new LinkedHashMap<>();

    private StopSignals() {}

    /** What is done about a signal. */
    interface Handler {

        /** The first of any signal. */
        void first(StopSignal signal);

        /** Every further one. */
        void again();
    }

    static StopSignals listen(Handler handler) {
        AtomicInteger heard = new AtomicInteger();
        StopSignals signals = new StopSignals();
        signals.register(INTERRUPT, () -> tell(handler, heard, StopSignal.INTERRUPT));
        signals.register(TERMINATE, () -> tell(handler, heard, StopSignal.TERMINATE));
        return signals;
    }

    @Override
    public void close() {
        List<String> names = new ArrayList<>(before.keySet());
        names.forEach(name -> Signals.unregister(name, before.remove(name)));
    }

    private void register(String name, Runnable handler) {
        Object previous = Signals.register(name, handler);
        if (previous != null) {
            before.put(name, previous);
        }
    }

    private static void tell(Handler handler, AtomicInteger heard, StopSignal signal) {
        if (heard.getAndIncrement() == 0) {
            handler.first(signal);
        } else {
            handler.again();
        }
    }
}
