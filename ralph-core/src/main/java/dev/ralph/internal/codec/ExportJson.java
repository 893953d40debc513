/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ralph.RunId;
import dev.ralph.StoreException;
import dev.ralph.spi.Command;
import dev.ralph.spi.StoredCommand;
import dev.ralph.spi.StoredEvent;
import java.io.IOException;
import java.util.Locale;

/** What is stored, as objects of a {@code type} for whoever it is handed out to. Thread-safe. */
public final class ExportJson {

    private final JsonMapper mapper = RalphJson.mapper();

    /** An object on a run, to be filled. */
    public ObjectNode object(String type, RunId run) {
        return mapper.createObjectNode().put("type", type).put("run", run.toString());
    }

    /** Says that an export is whole, and how many lines there were before this one. */
    public ObjectNode end(long lines) {
        return mapper.createObjectNode().put("type", "end").put("lines", lines);
    }

    /** A record on a run. */
    public ObjectNode object(String type, RunId run, Record value) {
        ObjectNode fields = mapper.valueToTree(value);
        return object(type, run).setAll(fields);
    }

    /** An object of other making. */
    public ObjectNode object(String type, ObjectNode fields) {
        return mapper.createObjectNode().put("type", type).setAll(fields);
    }

    /** Adds a record to an object. */
    public void with(ObjectNode object, String name, Record value) {
        JsonNode tree = mapper.valueToTree(value);
        object.set(name, tree);
    }

    /** A command, with its text if it has one. */
    public ObjectNode command(RunId run, StoredCommand stored) {
        ObjectNode object = object("command", run)
                .put("number", stored.number())
                .put("at", stored.at().toString())
                .put("command", stored.command().getClass().getSimpleName().toLowerCase(Locale.ROOT));
        return stored.command() instanceof Command.Guide guide ? object.put("text", guide.text()) : object;
    }

    /**
     * An event as it is stored, whether this node knows it or not.
     *
     * @throws StoreException if it is damaged
     */
    public ObjectNode event(RunId run, StoredEvent event) {
        ObjectNode object = object("event", run)
                .put("seq", event.seq())
                .put("name", event.type())
                .put("at", event.at().toString());
        try {
            return object.set("event", mapper.readTree(event.payload().bytes()));
        } catch (IOException e) {
            throw new StoreException("event " + event.seq() + " is damaged: it is not JSON", e);
        }
    }

    /** An object with the end of its line. */
    public String line(ObjectNode object) {
        try {
            return mapper.writeValueAsString(object) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write JSON", e);
        }
    }
}
