/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.observation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ralph.internal.worker.StorableText;

/** Content as OpenTelemetry's conventions have it: messages of parts, as JSON. */
public final class MessageJson {

    private static final int LONGEST = 8_000;
    private static final String CUT = "…";

    private MessageJson() {}

    /** What the agent is asked. */
    public static String asked(String prompt) {
        return messages(message("user", prompt));
    }

    /** What it answers. */
    public static String answered(String result) {
        return messages(message("assistant", result).put("finish_reason", "stop"));
    }

    private static ObjectNode message(String role, String text) {
        String shown = text.length() <= LONGEST ? text : StorableText.beginning(text, LONGEST) + CUT;
        ObjectNode message = JsonNodeFactory.instance.objectNode().put("role", role);
        message.putArray("parts").addObject().put("type", "text").put("content", shown);
        return message;
    }

    private static String messages(ObjectNode message) {
        ArrayNode messages = JsonNodeFactory.instance.arrayNode();
        return messages.add(message).toString();
    }
}
