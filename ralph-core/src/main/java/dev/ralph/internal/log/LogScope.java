/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.log;

import dev.ralph.RunId;
import dev.ralph.log.LogNames;
import dev.ralph.log.LogText;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * What a thread works on, in the context of all it logs. Threads may be the host's and scopes may be nested, so closing one
 * restores what there was. Used by the thread that opened it.
 */
public final class LogScope implements AutoCloseable {

    private final Map<String, String> before;

    private LogScope(Map<String, String> before) {
        this.before = before;
    }

    /** From now on this thread works on the run; nothing more is known of it. */
    public static LogScope open(RunId run) {
        return open(Map.of(LogNames.RUN, run.toString()));
    }

    /** Does something for a run. */
    public static void during(RunId run, Runnable task) {
        LogScope scope = open(run);
        try {
            task.run();
        } finally {
            scope.close();
        }
    }

    /** The task in the scope of this thread, whichever thread does it. */
    public static Runnable carried(Runnable task) {
        Map<String, String> here = present();
        return () -> {
            LogScope scope = open(here);
            try {
                task.run();
            } finally {
                scope.close();
            }
        };
    }

    /** Whose run it is that this thread works on. */
    public static void tenant(@Nullable String tenant) {
        if (tenant != null) {
            put(LogNames.TENANT, tenant);
        }
    }

    /**
     * Where in its run this thread is, until the scope closes or it is told anew.
     *
     * @param agent null if that is not known any more
     */
    public static void attempt(int iteration, int attempt, @Nullable String agent) {
        MDC.put(LogNames.ITERATION, Integer.toString(iteration));
        MDC.put(LogNames.ATTEMPT, Integer.toString(attempt));
        if (agent == null) {
            MDC.remove(LogNames.AGENT);
        } else {
            put(LogNames.AGENT, agent);
        }
    }

    @Override
    public void close() {
        set(before);
    }

    private static LogScope open(Map<String, String> values) {
        LogScope scope = new LogScope(present());
        set(values);
        return scope;
    }

    private static Map<String, String> present() {
        Map<String, String> values = new HashMap<>();
        for (String key : LogNames.KEYS) {
            String value = MDC.get(key);
            if (value != null) {
                values.put(key, value);
            }
        }
        return values;
    }

    private static void set(Map<String, String> values) {
        for (String key : LogNames.KEYS) {
            String value = values.get(key);
            if (value == null) {
                MDC.remove(key);
            } else {
                MDC.put(key, value);
            }
        }
    }

    private static void put(String key, String value) {
        MDC.put(key, LogText.line(value));
    }
}
