/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.real;

import dev.ralph.event.RunEvent;
import dev.ralph.event.RunListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Keeps every event, and reacts to some. */
final class Heard implements RunListener {

    private final List<RunEvent> events = new CopyOnWriteArrayList<>();
    private final List<Consumer<RunEvent>> reactions = new CopyOnWriteArrayList<>();

    @Override
    public void on(RunEvent event) {
        events.add(event);
        reactions.forEach(reaction -> reaction.accept(event));
    }

    /** Events of a type so far, in the order they came. */
    <E extends RunEvent> List<E> all(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** Does something when the n-th event of a type comes. */
    <E extends RunEvent> void at(int number, Class<E> type, Runnable action) {
        reactions.add(event -> {
            if (type.isInstance(event) && all(type).size() == number) {
                action.run();
            }
        });
    }

    /** All of them in words. */
    String text() {
        return events.toString();
    }
}
