/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.option;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ralph.GateRef;
import dev.ralph.InvalidValueException;
import java.util.Map;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a plug-in's gate as {@code TYPE:JSON}. What its settings mean is the plug-in's own matter. */
final class PluginGate implements ITypeConverter<GateRef> {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** For picocli. */
    PluginGate() {}

    @Override
    public GateRef convert(String text) {
        int colon = text.indexOf(':');
        if (colon < 1) {
            throw wrong(text);
        }
        try {
            Map<String, Object> settings =
                    JSON.readValue(text.substring(colon + 1), new TypeReference<Map<String, Object>>() {});
            if (settings == null) {
                throw wrong(text);
            }
            return new GateRef(text.substring(0, colon), text, settings);
        } catch (JsonProcessingException | InvalidValueException e) {
            throw wrong(text);
        }
    }

    private static TypeConversionException wrong(String text) {
        return new TypeConversionException(
                "'" + text + "' must be the type of a gate, a colon and its settings as a JSON"
                        + " object without nulls: files:{\"exist\":[\"NOTES.md\"]}");
    }
}
