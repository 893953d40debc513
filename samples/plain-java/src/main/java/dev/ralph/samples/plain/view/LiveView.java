/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.view;

import dev.ralph.Run;
import dev.ralph.RunSnapshot;
import dev.ralph.event.ActivityEvent;
import dev.ralph.event.RunEvent;
import dev.ralph.event.StateEvent;
import dev.ralph.samples.plain.host.RunEnd;
import dev.ralph.samples.plain.host.RunView;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Events as lines that scroll, under them one line that tells where the run stands. Thread-safe. */
final class LiveView implements RunView {

    private static final long REDRAW_MILLIS = 250;

    private final Screen screen;
    private final ScheduledExecutorService redrawing = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "ralph-live-view");
        thread.setDaemon(true);
        return thread;
    });
    private @Nullable Run run;
    private @Nullable Standing standing;

    LiveView(Screen screen) {
        this.screen = screen;
    }

    @Override
    public synchronized void begin(Run started) {
        RunSnapshot snapshot = started.snapshot();
        run = started;
        standing = Standing.begin(snapshot.progress(), started.spec().limits());
        BeginText.of(started).forEach(line -> screen.line(line, Screen.Tone.PLAIN));
        var unused =
                redrawing.scheduleWithFixedDelay(this::redraw, REDRAW_MILLIS, REDRAW_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public synchronized void on(RunEvent event) {
        Standing before = standing;
        Run shown = run;
        if (before == null || shown == null) {
            return;
        }
        if (event instanceof StateEvent state) {
            screen.line(EventText.timed(state), tone(state));
            standing = after(before, state).with(shown.snapshot().progress());
        } else {
            standing = after(before, (ActivityEvent) event);
        }
        redraw();
    }

    @Override
    public synchronized void notice(String text) {
        screen.line(text, Screen.Tone.NOTE);
    }

    @Override
    public synchronized void end(RunEnd end) {
        redrawing.shutdownNow();
        standing = null;
        screen.status("");
        Screen.Tone tone = end.result() != null && end.result().completed() ? Screen.Tone.GOOD : Screen.Tone.BAD;
        for (String line : ResultText.of(end)) {
            screen.line(line, tone);
            tone = Screen.Tone.PLAIN;
        }
        screen.close();
    }

    private synchronized void redraw() {
        Standing now = standing;
        if (now != null) {
            screen.status(now.line(Instant.now()));
        }
    }

    private static Standing after(Standing before, StateEvent event) {
        if (event instanceof StateEvent.AttemptStarted started) {
            return before.launched(started.iteration(), started.agent());
        }
        if (event instanceof StateEvent.AttemptSettled) {
            return before.settled().doing("");
        }
        return event instanceof StateEvent.RunWaiting waiting ? before.doing("waits: " + waiting.why()) : before;
    }

    private static Standing after(Standing before, ActivityEvent event) {
        if (event instanceof ActivityEvent.UsageReported report) {
            return before.used(report.usage(), report.cost());
        }
        String text = EventText.of(event);
        return text.isEmpty() ? before : before.doing(text);
    }

    private static Screen.Tone tone(StateEvent event) {
        if (event instanceof StateEvent.GateChecked gate) {
            return gate.passed() ? Screen.Tone.GOOD : Screen.Tone.BAD;
        }
        if (event instanceof StateEvent.AttemptSettled settled) {
            return settled.failure() == null ? Screen.Tone.PLAIN : Screen.Tone.BAD;
        }
        return event instanceof StateEvent.ClaimRejected || event instanceof StateEvent.CheckpointFailed
                ? Screen.Tone.BAD
                : Screen.Tone.PLAIN;
    }
}
