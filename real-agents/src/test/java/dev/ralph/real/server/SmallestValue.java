/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.real.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The smallest value that satisfies a JSON schema: requests beside the loop often demand structured answers. */
final class SmallestValue {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private SmallestValue() {}

    static JsonNode of(JsonNode schema) {
        if (!schema.path("enum").isEmpty()) {
            return schema.path("enum").get(0);
        }
        return switch (type(schema)) {
            case "object" -> object(schema);
            case "array" -> NODES.arrayNode();
            case "boolean" -> NODES.booleanNode(false);
            case "number", "integer" ->
                NODES.numberNode(Math.max(0, schema.path("minimum").asLong()));
            default -> NODES.textNode("ok");
        };
    }

    private static String type(JsonNode schema) {
        JsonNode type = schema.path("type");
        return (type.isArray() ? type.path(0) : type).asText("object").toLowerCase(Locale.ROOT);
    }

    private static ObjectNode object(JsonNode schema) {
        List<String> names = new ArrayList<>();
        if (schema.path("required").isArray()) {
            schema.path("required").forEach(name -> names.add(name.asText()));
        } else {
            schema.path("properties").fieldNames().forEachRemaining(names::add);
        }
        ObjectNode object = NODES.objectNode();
        names.forEach(name -> object.set(name, of(schema.path("properties").path(name))));
        return object;
    }
}
