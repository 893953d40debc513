/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ralph.event.StateEvent;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of durable events. Not a {@link dev.ralph.samples.spring.web.Listing}: events have their {@code type} only where the
 * list is known to be one of events.
 *
 * @param items the events, in order
 * @param next the cursor of the next page; not there on the last
 */
record EventPage(
        @Schema(description = "Each has its name as 'type', beside its own fields.")
        List<StateEvent> items,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String next) {

    EventPage {
        items = List.copyOf(items);
    }
}
