/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.view;

import dev.ralph.event.RunEvent;
import dev.ralph.event.StateEvent;
import dev.ralph.samples.plain.host.WorkerView;

/** What a worker joined, every state event of its runs, and how it stopped, each as JSON. */
final class JsonWorkerView implements WorkerView {

    private final Json json;
    private final boolean quiet;

    JsonWorkerView(Json json, boolean quiet) {
        this.json = json;
        this.quiet = quiet;
    }

    @Override
    public void begin(String node, String database, int parallelRuns) {
        json.print(json.object("worker")
                .put("node", node)
                .put("database", database)
                .put("parallelRuns", parallelRuns));
    }

    @Override
    public void on(RunEvent event) {
        if (!quiet && event instanceof StateEvent) {
            json.print(json.event(event));
        }
    }

    @Override
    public void notice(String text) {
        json.print(json.object("notice").put("text", text));
    }

    @Override
    public void end(boolean clean) {
        json.print(json.object("stopped").put("clean", clean));
    }
}
