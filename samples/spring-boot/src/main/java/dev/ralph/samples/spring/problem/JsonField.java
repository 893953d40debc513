/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.problem;

/** How fields of Ralph are called in requests. */
final class JsonField {

    private JsonField() {}

    /** The JSON field for a field of {@link dev.ralph.InvalidValueException}. */
    static String of(String field) {
        if (field.equals("label name")) {
            return "labels";
        }
        if (field.startsWith("label ")) {
            return "labels." + field.substring("label ".length());
        }
        return switch (field) {
            case "guidance" -> "text";
            case "taskId" -> "Idempotency-Key";
            default -> field;
        };
    }
}
