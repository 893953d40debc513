/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.journal;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import dev.ralph.RunId;
import dev.ralph.spi.Command;
import dev.ralph.spi.Payload;
import dev.ralph.spi.RecordChange;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

/** Journal entries as lines of JSON. Thread-safe. */
final class JournalCodec {

    /** A prompt of 10 MB, quoted in a spec and then in base 64. */
    private static final int MAX_TEXT = 128 << 20;

    private final JsonMapper mapper = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(MAX_TEXT)
                            .build())
                    .build())
            .addModule(values())
            .addMixIn(JournalEntry.class, EntryTypes.class)
            .addMixIn(Command.class, CommandTypes.class)
            .addMixIn(RecordChange.class, ChangeTypes.class)
            .visibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY)
            .visibility(PropertyAccessor.GETTER, JsonAutoDetect.Visibility.NONE)
            .visibility(PropertyAccessor.IS_GETTER, JsonAutoDetect.Visibility.NONE)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            // Text with an unpaired surrogate has no UTF-8, but an escape.
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build();

    /** The entry's line, without the line feed that ends it. */
    byte[] encode(JournalEntry entry) {
        try {
            return mapper.writerFor(JournalEntry.class).writeValueAsBytes(entry);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write a journal entry as JSON", e);
        }
    }

    /**
     * Reads a line.
     *
     * @throws IOException if it is no whole entry
     */
    JournalEntry decode(byte[] line) throws IOException {
        JournalEntry entry = mapper.readValue(line, JournalEntry.class);
        if (entry == null) {
            throw new IOException("the line is empty");
        }
        return entry;
    }

    private static SimpleModule values() {
        SimpleModule module = new SimpleModule("journal-values");
        addText(module, RunId.class, RunId::parse);
        addText(module, Instant.class, Instant::parse);
        addText(module, Duration.class, Duration::parse);
        module.addSerializer(Payload.class, new PayloadSerializer());
        module.addDeserializer(Payload.class, new PayloadDeserializer());
        return module;
    }

    private static <T> void addText(SimpleModule module, Class<T> type, Function<String, T> parse) {
        module.addSerializer(type, ToStringSerializer.instance);
        module.addDeserializer(type, new TextDeserializer<>(type, parse));
    }

    private static final class TextDeserializer<T> extends FromStringDeserializer<T> {

        private static final long serialVersionUID = 1L;

        private final transient Function<String, T> parse;

        TextDeserializer(Class<T> type, Function<String, T> parse) {
            super(type);
            this.parse = parse;
        }

        @Override
        protected T _deserialize(String value, DeserializationContext context) {
            return parse.apply(value);
        }
    }

    private static final class PayloadSerializer extends StdSerializer<Payload> {

        private static final long serialVersionUID = 1L;

        PayloadSerializer() {
            super(Payload.class);
        }

        @Override
        public void serialize(Payload payload, JsonGenerator json, SerializerProvider context) throws IOException {
            json.writeStartObject();
            json.writeNumberField("version", payload.version());
            json.writeBinaryField("bytes", payload.bytes());
            json.writeEndObject();
        }
    }

    private static final class PayloadDeserializer extends StdDeserializer<Payload> {

        private static final long serialVersionUID = 1L;

        PayloadDeserializer() {
            super(Payload.class);
        }

        @Override
        public Payload deserialize(JsonParser json, DeserializationContext context) throws IOException {
            JsonNode tree = json.readValueAsTree();
            return new Payload(
                    tree.required("version").intValue(), tree.required("bytes").binaryValue());
        }
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "op")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = JournalEntry.Created.class, name = "create"),
        @JsonSubTypes.Type(value = JournalEntry.Claimed.class, name = "claim"),
        @JsonSubTypes.Type(value = JournalEntry.Renewed.class, name = "renew"),
        @JsonSubTypes.Type(value = JournalEntry.Released.class, name = "release"),
        @JsonSubTypes.Type(value = JournalEntry.Committed.class, name = "commit"),
        @JsonSubTypes.Type(value = JournalEntry.UsageNoted.class, name = "usage"),
        @JsonSubTypes.Type(value = JournalEntry.Commanded.class, name = "command")
    })
    private interface EntryTypes {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Command.Cancel.class, name = "cancel"),
        @JsonSubTypes.Type(value = Command.Pause.class, name = "pause"),
        @JsonSubTypes.Type(value = Command.Resume.class, name = "resume"),
        @JsonSubTypes.Type(value = Command.Retry.class, name = "retry"),
        @JsonSubTypes.Type(value = Command.Guide.class, name = "guide")
    })
    private interface CommandTypes {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = RecordChange.StartAttempt.class, name = "start_attempt"),
        @JsonSubTypes.Type(value = RecordChange.SettleAttempt.class, name = "settle_attempt"),
        @JsonSubTypes.Type(value = RecordChange.AddIteration.class, name = "add_iteration"),
        @JsonSubTypes.Type(value = RecordChange.AddGate.class, name = "add_gate"),
        @JsonSubTypes.Type(value = RecordChange.AddCheckpoint.class, name = "add_checkpoint")
    })
    private interface ChangeTypes {}
}
