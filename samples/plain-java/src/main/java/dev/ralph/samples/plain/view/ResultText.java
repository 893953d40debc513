/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.view;

import dev.ralph.RunResult;
import dev.ralph.Verification;
import dev.ralph.samples.plain.host.ProgramName;
import dev.ralph.samples.plain.host.RunEnd;
import java.util.ArrayList;
import java.util.List;

/** How a run ended, in words. */
final class ResultText {

    private ResultText() {}

    static List<String> of(RunEnd end) {
        RunResult result = end.result();
        if (result == null && end.watched()) {
            return List.of(
                    "Run " + end.id() + " goes on without being watched.",
                    "Watch it again: " + ProgramName.with("events " + end.id() + " --follow"));
        }
        if (result == null) {
            return List.of(
                    "Run " + end.id() + " was handed back; nothing recorded is lost.",
                    "Go on with: " + ProgramName.with("resume " + end.id()));
        }
        List<String> lines = new ArrayList<>();
        lines.add(result.reason()
                + verdict(result)
                + (result.detail() == null ? "" : ": " + SafeText.line(result.detail())));
        lines.add(Figures.count(result.iterations()) + " iterations, " + Figures.count(result.attempts())
                + " attempts, " + Figures.time(result.runtime()) + "; "
                + Figures.count(result.usage().total()) + " tokens"
                + (result.unknownTokens() > 0
                        ? " and " + Figures.count(result.unknownTokens()) + " charged for attempts that reported none"
                        : "")
                + "; " + Figures.spend(result.spend())
                + (result.unreported() > 0
                        ? "; what " + Figures.count(result.unreported()) + " of the attempts used is not known"
                        : ""));
        lines.add("More: " + ProgramName.with("show " + end.id()));
        return lines;
    }

    private static String verdict(RunResult result) {
        if (!result.completed()) {
            return "";
        }
        return result.verification() == Verification.VERIFIED
                ? ", VERIFIED: every gate passed"
                : ", UNVERIFIED: the agent says so; no gate checked it";
    }
}
