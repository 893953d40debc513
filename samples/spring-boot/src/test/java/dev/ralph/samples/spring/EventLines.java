/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring;

import java.util.concurrent.Flow;
import java.util.function.Consumer;

/** What a follower of an event stream hears. */
final class EventLines implements Flow.Subscriber<String> {

    private static final String DATA = "data: ";

    private final Runnable opened;
    private final Consumer<String> events;
    private final Runnable ended;
    private boolean heard;

    /**
     * Passes on what comes.
     *
     * @param opened called at the first line
     * @param events are given the data of each event
     * @param ended called when the stream ends, however that comes
     */
    EventLines(Runnable opened, Consumer<String> events, Runnable ended) {
        this.opened = opened;
        this.events = events;
        this.ended = ended;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(String line) {
        if (!heard) {
            heard = true;
            opened.run();
        }
        if (line.startsWith(DATA)) {
            events.accept(line.substring(DATA.length()));
        }
    }

    @Override
    public void onError(Throwable failure) {
        ended.run();
    }

    @Override
    public void onComplete() {
        ended.run();
    }
}
