/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.benchmarks;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.List;

/** A process of {@link Stampede#overJvms}: told the number of a key, it says how often it loaded it. */
final class StampedeProcess {

    private StampedeProcess() {}

    /** Takes the peer, the URL of Redis and the number of threads. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        DataInputStream in = new DataInputStream(System.in);
        DataOutputStream out = new DataOutputStream(System.out);
        try (CacheNode node = Peer.valueOf(arguments[0]).open(arguments[1], Stampede.TTL);
                Stampede stampede = new Stampede(List.of(node), Integer.parseInt(arguments[2]))) {
            while (true) {
                out.writeLong(stampede.loads("cold-" + in.readLong()));
                out.flush();
            }
        } catch (EOFException end) {
            // Whoever started this needs it no more.
            return;
        }
    }
}
