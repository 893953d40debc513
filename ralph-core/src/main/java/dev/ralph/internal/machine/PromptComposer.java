/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.machine;

import dev.ralph.GateRef;
import dev.ralph.RunSpec;
import java.util.stream.Collectors;

/** Writes the prompt of an attempt: the task, then what Ralph, its gates and its people have to say. */
public final class PromptComposer {

    private PromptComposer() {}

    /**
     * The whole prompt.
     *
     * @param task the text of the task as it stands now
     */
    public static String compose(RunSpec spec, LoopState state, Decision.Invoke invoke, String task) {
        StringBuilder prompt = new StringBuilder(task.length() + 2048);
        prompt.append(task.stripTrailing()).append("\n\n---\n");
        prompt.append("You are run in a loop by Ralph. This is iteration ")
                .append(invoke.iteration())
                .append(" of at most ")
                .append(spec.limits().maxIterations())
                .append(
                        ". You start each iteration without memory of the ones before: look at the workspace to see what")
                .append(" is done. Make useful progress, then stop; you will be started again.\n");
        prompt.append("When everything the task asks for is done and you have checked it, make this the last line of")
                .append(" your final message, alone:\n")
                .append(spec.completionPromise())
                .append("\nNever write that line otherwise.");
        if (!spec.gates().isEmpty()) {
            prompt.append(" Ralph then checks it: ")
                    .append(spec.gates().stream().map(GateRef::name).collect(Collectors.joining(", ")))
                    .append('.');
        }
        prompt.append('\n');
        Inbox inbox = state.inbox();
        if (!inbox.feedback().isEmpty()) {
            prompt.append('\n').append(inbox.feedback()).append('\n');
        }
        if (!inbox.guidance().isEmpty()) {
            prompt.append("\nThe people who run this say:\n");
            inbox.guidance().forEach(text -> prompt.append("- ").append(text).append('\n'));
        }
        return prompt.toString();
    }
}
