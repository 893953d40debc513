/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.benchmarks;

import dev.ralph.cache.CacheCodec;
import dev.ralph.cache.CacheRegion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import redis.embedded.core.ExecutableProvider;

/** A Redis on the loopback interface, and a region of byte arrays in it. */
final class BenchmarkRedis implements AutoCloseable {

    /** About what a run takes. */
    static final int VALUE_BYTES = 2_000;

    static final CacheRegion<byte[]> REGION = CacheRegion.<byte[]>local(
                    "benchmark", bytes -> bytes.length, Duration.ofHours(1))
            .withCodec(new Bytes());

    private final int port;
    private final Process process;

    private BenchmarkRedis(int port) throws IOException {
        this.port = port;
        process = new ProcessBuilder(
                        ExecutableProvider.newJarResourceProvider().get().getAbsolutePath(),
                        "--bind",
                        "127.0.0.1",
                        "--port",
                        String.valueOf(port),
                        "--save",
                        "")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        while (process.isAlive() && !listens()) {
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }

    static BenchmarkRedis start() {
        try {
            return new BenchmarkRedis(freePort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    int port() {
        return port;
    }

    String url() {
        return "redis://127.0.0.1:" + port;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static final class Bytes implements CacheCodec<byte[]> {

        @Override
        public int version() {
            return 1;
        }

        @Override
        public byte[] encode(byte[] value) {
            return value;
        }

        @Override
        public byte[] decode(byte[] bytes) {
            return bytes;
        }
    }
}
