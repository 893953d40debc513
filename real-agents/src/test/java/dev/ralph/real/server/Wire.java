/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.real.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.Headers;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How one API writes things down. */
interface Wire {

    /** What a request asks for. */
    ServedRequest.Kind kind(String method, String path, JsonNode body);

    /** The credential of a request, or null if it has none. */
    @Nullable String key(Headers headers);

    /** The model a request names, or an empty text. */
    String model(String path, JsonNode body);

    /** Whether the answer is to come as a stream. */
    boolean streamed(String path, JsonNode body);

    /** An answer as server-sent events, each complete with the blank line after it. */
    List<String> events(Turn.Answer answer, String model);

    /** An answer in one piece. */
    String whole(Turn.Answer answer, String model);

    /** The answer to a request beside the loop, in the form it demands. */
    Turn.Answer side(JsonNode body);

    /** The body of an error. */
    String error(Turn.Refusal refusal);

    /** Headers of an error. */
    Map<String, String> errorHeaders(Turn.Refusal refusal);

    /** An error as a server-sent event. */
    String errorEvent(Turn.Refusal refusal);

    /** The answer to a request for the number of tokens. */
    String count(long tokens);

    /** The answer to anything else, such as a list of models. */
    String nothing();
}
