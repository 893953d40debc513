/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spi;

import dev.ralph.InvalidValueException;
import java.util.Objects;

/** A secret value. Never shown: {@link #toString} hides it, and Ralph redacts it wherever text leaves it. */
public final class Secret {

    private final String name;
    private final String value;

    /**
     * Checks the values.
     *
     * @throws InvalidValueException if the value is blank
     */
    public Secret(String name, String value) {
        if (value.isBlank()) {
            throw new InvalidValueException("secret", name, "has a blank value; set it or remove it");
        }
        this.name = Objects.requireNonNull(name, "name");
        this.value = value;
    }

    public String name() {
        return name;
    }

    /** The value itself; pass it on to the process that needs it and nowhere else. */
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret that && name.equals(that.name) && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, value);
    }

    @Override
    public String toString() {
        return "Secret[" + name + "]";
    }
}
