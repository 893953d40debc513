/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.real.server;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Answers one request as a turn says. */
final class TurnPlayer {

    private final Wire wire;
    private final ServedRequest request;
    private final Reply reply;

    TurnPlayer(Wire wire, ServedRequest request, Reply reply) {
        this.wire = wire;
        this.request = request;
        this.reply = reply;
    }

    /** Returns once everything is written; what is left open then is closed by the caller. */
    void play(Turn turn) throws IOException, InterruptedException {
        if (turn instanceof Turn.Answer answer) {
            answer(answer);
        } else if (turn instanceof Turn.Refusal refusal) {
            reply.json(refusal.status(), wire.error(refusal), wire.errorHeaders(refusal));
        } else if (turn instanceof Turn.BrokenStream broken) {
            breakDown(broken);
        } else if (turn instanceof Turn.Silence silence) {
            if (silence.begun() == null || !request.streamed()) {
                reply.beSilent();
            } else {
                reply.streamAndFallSilent(half(silence.begun()), silence.begun().pace());
            }
        } else if (turn instanceof Turn.Cut cut && cut.begun() != null && request.streamed()) {
            reply.streamAndCut(half(cut.begun()), cut.begun().pace());
        }
    }

    private void answer(Turn.Answer answer) throws IOException, InterruptedException {
        reply.pause(answer.delay());
        if (request.streamed()) {
            reply.stream(wire.events(answer, request.model()), answer.pace());
        } else {
            reply.json(200, wire.whole(answer, request.model()));
        }
    }

    /** A client may ask again without a stream when one breaks: that breaks too. */
    private void breakDown(Turn.BrokenStream broken) throws IOException, InterruptedException {
        Turn.Refusal refusal = Turn.refuses(broken.status(), broken.message());
        if (!request.streamed()) {
            reply.json(refusal.status(), wire.error(refusal));
            return;
        }
        List<String> events = new ArrayList<>(half(broken.begun()));
        events.add(wire.errorEvent(refusal));
        reply.stream(events, Duration.ZERO);
    }

    /** At least one event, and not the last. */
    private List<String> half(Turn.Answer answer) {
        List<String> events = wire.events(answer, request.model());
        return events.subList(0, Math.max(1, events.size() / 2));
    }
}
