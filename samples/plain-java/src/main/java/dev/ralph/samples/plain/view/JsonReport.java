/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.view;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ralph.Prompt;
import dev.ralph.RunSpec;

/** A run's records as one JSON object. Not the text of its prompt. */
public final class JsonReport {

    private JsonReport() {}

    public static ObjectNode of(RunRecords records, Json json) {
        ObjectNode report = json.object("run", records.snapshot());
        json.with(report, "spec", spec(records.spec(), json));
        json.with(report, "iterations", records.iterations());
        json.with(report, "attemptRecords", records.attempts());
        json.with(report, "gates", records.gates());
        json.with(report, "checkpoints", records.checkpoints());
        return report;
    }

    private static ObjectNode spec(RunSpec spec, Json json) {
        ObjectNode object = json.object("spec", spec);
        ObjectNode prompt = object.putObject("prompt");
        if (spec.prompt() instanceof Prompt.Text text) {
            prompt.put("characters", text.value().length());
        } else if (spec.prompt() instanceof Prompt.File file) {
            prompt.put("file", file.path().toString());
        }
        return json.with(object, "limits", spec.limits());
    }
}
