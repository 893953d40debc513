/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spring.boot;

import dev.ralph.event.RunEvent;
import dev.ralph.event.RunListener;
import dev.ralph.event.StateEvent;
import dev.ralph.spring.boot.properties.PublishedEvents;
import org.springframework.context.ApplicationEventPublisher;

/**
 * Publishes what happens in the runs this node works on as application events: {@code @EventListener} methods take a
 * {@link StateEvent}, or one kind of it. They are called on a thread of the events', not on one of the run: a slow one makes
 * others wait, never a run, and one that throws is logged.
 */
public final class RunEventPublisher implements RunListener {

    private final ApplicationEventPublisher publisher;
    private final PublishedEvents events;

    RunEventPublisher(ApplicationEventPublisher publisher, PublishedEvents events) {
        this.publisher = publisher;
        this.events = events;
    }

    @Override
    public void on(RunEvent event) {
        boolean wanted = switch (events) {
            case NONE -> false;
            case STATE -> event instanceof StateEvent;
            case ALL -> true;
        };
        if (wanted) {
            publisher.publishEvent(event);
        }
    }
}
