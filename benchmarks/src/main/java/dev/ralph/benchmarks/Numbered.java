/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.benchmarks;

import java.nio.ByteBuffer;

/** A number as a value of {@link BenchmarkRedis#VALUE_BYTES}. */
final class Numbered {

    private Numbered() {}

    static byte[] value(long number) {
        return ByteBuffer.allocate(BenchmarkRedis.VALUE_BYTES).putLong(number).array();
    }

    static long number(byte[] value) {
        return ByteBuffer.wrap(value).getLong();
    }
}
