/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.view;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import dev.ralph.RunId;
import dev.ralph.event.RunEvent;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;

/**
 * Values for machines: one JSON object a line, told apart by {@code type}; times in ISO 8601, money as decimal numbers of
 * US dollars. Only ASCII characters, whatever the locale. Thread-safe.
 */
public final class Json {

    private final PrintStream out;
    private final JsonMapper mapper = JsonMapper.builder()
            .addModule(new SimpleModule("ralph-json")
                    .addSerializer(RunId.class, ToStringSerializer.instance)
                    .addSerializer(Instant.class, ToStringSerializer.instance)
                    .addSerializer(Duration.class, ToStringSerializer.instance)
                    .addSerializer(LocalDate.class, ToStringSerializer.instance)
                    .addSerializer(Path.class, ToStringSerializer.instance))
            .visibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY)
            .visibility(PropertyAccessor.GETTER, JsonAutoDetect.Visibility.NONE)
            .visibility(PropertyAccessor.IS_GETTER, JsonAutoDetect.Visibility.NONE)
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    public Json(PrintStream out) {
        this.out = out;
    }

    /** An object of a type, to be filled. */
    public ObjectNode object(String type) {
        return mapper.createObjectNode().put("type", type);
    }

    /** A record as an object of a type. */
    public ObjectNode object(String type, Record value) {
        ObjectNode object = object(type);
        ObjectNode fields = mapper.valueToTree(value);
        object.setAll(fields);
        return object;
    }

    /** Adds a value of any kind to an object. */
    public ObjectNode with(ObjectNode object, String name, Object value) {
        return object.set(name, mapper.valueToTree(value));
    }

    /** An event, its type by its name: {@code run_ended}. */
    public ObjectNode event(RunEvent event) {
        String name = event.getClass().getSimpleName();
        return object(name.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT), (Record) event);
    }

    /** Writes an object as one line. */
    public void print(ObjectNode object) {
        try {
            String line = mapper.writeValueAsString(object);
            synchronized (out) {
                out.println(line);
                out.flush();
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write JSON", e);
        }
    }
}
