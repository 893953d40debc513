/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.problem;

import dev.ralph.samples.spring.web.BodyRefusedException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Why a body could not be read, without a word of what is in it. */
final class UnreadableBody {

    private UnreadableBody() {}

    static ProblemDetail problem(HttpMessageNotReadableException e) {
        BodyRefusedException refused = cause(e, BodyRefusedException.class);
        if (refused != null) {
            return ProblemAdvice.bodyRefused(refused);
        }
        JacksonException json = cause(e, JacksonException.class);
        if (json == null) {
            return ProblemType.MALFORMED_BODY.problem("The body is missing or cannot be read; send a JSON object.");
        }
        if (json instanceof StreamConstraintsException) {
            return ProblemType.MALFORMED_BODY.problem(
                    "The JSON is nested too deeply, or a name, number or text in it is too long" + place(json) + ".");
        }
        if (json instanceof UnrecognizedPropertyException unknown) {
            return ProblemAdvice.invalidField(
                    ProblemType.INVALID_REQUEST,
                    path(json),
                    "is no field here; there are "
                            + (unknown.getKnownPropertyIds() == null
                                    ? "none"
                                    : unknown.getKnownPropertyIds().stream()
                                            .map(String::valueOf)
                                            .sorted()
                                            .toList()));
        }
        if (json instanceof DatabindException && !json.getPath().isEmpty()) {
            return ProblemAdvice.invalidField(
                    ProblemType.INVALID_REQUEST, path(json), "has a value of the wrong type or form");
        }
        return ProblemType.MALFORMED_BODY.problem(
                "The body is no JSON object of the form this needs" + place(json) + ".");
    }

    private static String path(JacksonException e) {
        return e.getPath().stream()
                .map(part ->
                        part.getPropertyName() == null ? "[" + part.getIndex() + "]" : "." + part.getPropertyName())
                .collect(Collectors.joining())
                .replaceFirst("^\\.", "");
    }

    private static String place(JacksonException e) {
        TokenStreamLocation location = e.getLocation();
        return location == null ? "" : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    }

    private static <T extends Throwable> @Nullable T cause(Throwable e, Class<T> type) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }
}
