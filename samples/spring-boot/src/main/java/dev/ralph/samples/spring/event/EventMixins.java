/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.ralph.RunId;
import dev.ralph.event.RunEvent;
import java.util.UUID;
import org.springframework.boot.jackson.JacksonMixin;

/** How types of Ralph look in JSON. */
final class EventMixins {

    private EventMixins() {}

    /** An event has its name as {@code type}, beside its own fields. */
    @JacksonMixin(RunEvent.class)
    @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "type")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    abstract static class Event {}

    /** An id is a text. */
    @JacksonMixin(RunId.class)
    abstract static class Id {

        @JsonValue
        abstract UUID value();
    }
}
