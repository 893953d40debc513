/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.view;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ralph.Run;
import dev.ralph.RunResult;
import dev.ralph.event.RunEvent;
import dev.ralph.samples.plain.host.ProgramName;
import dev.ralph.samples.plain.host.RunEnd;
import dev.ralph.samples.plain.host.RunView;

/** Every event as JSON, activity included; then how it ended, as the last object. */
final class JsonView implements RunView {

    private final Json json;

    JsonView(Json json) {
        this.json = json;
    }

    @Override
    public void begin(Run run) {
        json.print(json.object("begin").put("run", run.id().toString()));
    }

    @Override
    public void on(RunEvent event) {
        json.print(json.event(event));
    }

    @Override
    public void notice(String text) {
        json.print(json.object("notice").put("text", text));
    }

    @Override
    public void end(RunEnd end) {
        RunResult result = end.result();
        if (result == null && end.watched()) {
            ObjectNode object =
                    json.object("watched_no_longer").put("run", end.id().toString());
            json.print(object.put("follow", ProgramName.with("events " + end.id() + " --follow")));
        } else if (result == null) {
            ObjectNode object = json.object("handed_back").put("run", end.id().toString());
            json.print(object.put("resume", ProgramName.with("resume " + end.id())));
        } else {
            json.print(json.object("result", result));
        }
    }
}
