/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.process;

import java.nio.file.Path;
import java.util.Objects;

/** What a process reads from standard input; after it comes end of file. */
public sealed interface ProcessInput {

    /** Nothing: end of file at once. */
    static ProcessInput none() {
        return new None();
    }

    /** The text in UTF-8, through a file that only this user can read and that is gone once it is open. */
    static ProcessInput text(String value) {
        return new Text(value);
    }

    /** The content of a file, which stays where it is. */
    static ProcessInput file(Path path) {
        return new File(path);
    }

    /** A text, of any length. */
    record Text(String value) implements ProcessInput {

        public Text {
            Objects.requireNonNull(value, "value");
        }

        /** Never the text itself. */
        @Override
        public String toString() {
            return "Text[" + value.length() + " characters]";
        }
    }

    /** A file, opened when the process starts. */
    record File(Path path) implements ProcessInput {

        public File {
            path = path.toAbsolutePath();
        }
    }

    /** Nothing. */
    record None() implements ProcessInput {}
}
