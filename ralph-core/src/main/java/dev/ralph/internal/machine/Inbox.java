/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.machine;

import java.util.ArrayList;
import java.util.List;

/**
 * What people and gates have told the run that it has not acted on yet.
 *
 * @param through number of the last command consumed
 * @param cancel whether it is to end
 * @param pause whether it is to pause, or is paused
 * @param guidance texts for the next prompt
 * @param feedback what became of the agent's last work, in whole sentences, for the next prompt; empty if there is nothing
 *     to say
 */
public record Inbox(long through, boolean cancel, boolean pause, List<String> guidance, String feedback) {

    static final Inbox EMPTY = new Inbox(0, false, false, List.of(), "");

    public Inbox {
        guidance = List.copyOf(guidance);
    }

    Inbox consumed(long number) {
        return new Inbox(number, cancel, pause, guidance, feedback);
    }

    Inbox cancelled() {
        return new Inbox(through, true, pause, guidance, feedback);
    }

    Inbox paused(boolean value) {
        return new Inbox(through, cancel, value, guidance, feedback);
    }

    Inbox guided(String text) {
        List<String> texts = new ArrayList<>(guidance);
        texts.add(text);
        return new Inbox(through, cancel, pause, texts, feedback);
    }

    Inbox withFeedback(String text) {
        return new Inbox(through, cancel, pause, guidance, text);
    }

    Inbox withMoreFeedback(String text) {
        return withFeedback(feedback.isEmpty() ? text : feedback + "\n\n" + text);
    }

    /** After an iteration whose prompt had the first {@code count} texts. */
    Inbox delivered(int count) {
        return new Inbox(
                through, cancel, pause, guidance.subList(Math.min(count, guidance.size()), guidance.size()), "");
    }
}
