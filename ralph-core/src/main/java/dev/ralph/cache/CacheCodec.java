/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.cache;

/**
 * Turns values into bytes for a tier outside this process, and back. Thread-safe; may block where a value is sealed with a key
 * that a store keeps.
 *
 * @param <V> the values
 */
public interface CacheCodec<V> {

    /**
     * The version of the bytes. A tier keeps values of different versions apart, so that nodes of different releases share a
     * cache without reading each other's bytes.
     */
    int version();

    /**
     * Writes a value. A tier that gets an exception does not keep the value.
     *
     * @return bytes that hold prompts and output only if they are sealed, where the store seals them
     */
    byte[] encode(V value);

    /**
     * Reads a value.
     *
     * @throws RuntimeException if the bytes are not what {@link #encode} makes; the tier counts it, and goes on as if there was
     *     nothing
     */
    V decode(byte[] bytes);
}
