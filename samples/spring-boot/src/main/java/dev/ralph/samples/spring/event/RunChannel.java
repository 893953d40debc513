/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.event;

import dev.ralph.Run;
import dev.ralph.event.ActivityEvent;
import dev.ralph.event.RunEvent;
import dev.ralph.event.StateEvent;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import org.jspecify.annotations.Nullable;

/** One run's events to all who follow it here. The map it is in lets one thread at a time add and remove, and no one after the last. */
final class RunChannel {

    private final EventJson json;
    private final Runnable onEnd;
    private final Set<EventStream> streams = new CopyOnWriteArraySet<>();
    private Run.@Nullable Subscription subscription;

    RunChannel(EventJson json, Runnable onEnd) {
        this.json = json;
        this.onEnd = onEnd;
    }

    void add(EventStream stream) {
        streams.add(stream);
        if (subscription == null) {
            subscription = stream.run().follow(stream.after(), this::tell);
        }
    }

    /** Removes a stream. Returns whether it was the last one; then the channel is closed. */
    boolean remove(EventStream stream) {
        streams.remove(stream);
        if (!streams.isEmpty()) {
            return false;
        }
        if (subscription != null) {
            subscription.close();
        }
        onEnd.run();
        return true;
    }

    private void tell(RunEvent event) {
        byte[] message = json.message(event);
        if (event instanceof StateEvent state) {
            streams.forEach(stream -> stream.state(state, message));
        } else if (event instanceof ActivityEvent) {
            streams.forEach(stream -> stream.activity(message));
        }
    }
}
