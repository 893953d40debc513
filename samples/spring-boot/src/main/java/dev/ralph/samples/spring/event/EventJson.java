/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.event;

import dev.ralph.event.RunEvent;
import dev.ralph.event.StateEvent;
import java.nio.charset.StandardCharsets;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Events as messages of a stream (WHATWG server-sent events). */
@Component
public final class EventJson {

    private final JsonMapper mapper;

    public EventJson(JsonMapper mapper) {
        this.mapper = mapper;
    }

    /**
     * An event in one message. Its number is the message's id if it is durable; activity has none, so that a client goes on
     * from the last durable one. JSON has no line breaks, so that what an agent printed cannot begin another message.
     */
    byte[] message(RunEvent event) {
        String id = event instanceof StateEvent state ? "id: " + state.seq() + "\n" : "";
        String name = event.getClass().getSimpleName();
        return (id + "event: " + name + "\ndata: " + mapper.writeValueAsString(PublicText.of(event)) + "\n\n")
                .getBytes(StandardCharsets.UTF_8);
    }
}
