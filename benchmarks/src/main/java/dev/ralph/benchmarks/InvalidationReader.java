/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.benchmarks;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * The process in {@link InvalidationLatency} that reads. Told the number of changes of the source, it loads the key, says that it
 * holds it, and then when it does so no more; told {@link #WHAT_TIME} it says the time.
 */
final class InvalidationReader {

    static final String KEY = "key";
    static final Duration TTL = Duration.ofHours(1);
    static final long WHAT_TIME = -1;

    private static final long LOOK_NANOS = 20_000;

    private InvalidationReader() {}

    /** Takes the peer and the URL of Redis. */
    public static void main(String[] arguments) throws IOException {
        DataInputStream in = new DataInputStream(System.in);
        DataOutputStream out = new DataOutputStream(System.out);
        try (CacheNode node = Peer.valueOf(arguments[0]).open(arguments[1], TTL)) {
            while (true) {
                long told = in.readLong();
                if (told != WHAT_TIME) {
                    node.read(KEY, () -> told);
                    say(out, told);
                    while (node.holds(KEY)) {
                        LockSupport.parkNanos(LOOK_NANOS);
                    }
                }
                say(out, System.nanoTime());
            }
        } catch (EOFException end) {
            // Whoever started this needs it no more.
            return;
        }
    }

    private static void say(DataOutputStream out, long number) throws IOException {
        out.writeLong(number);
        out.flush();
    }
}
