/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import redis.embedded.core.ExecutableProvider;

/** A Redis of a test's own, on the loopback interface. */
final class LoopbackRedis implements AutoCloseable {

    private final int port;
    private final Process process;

    private LoopbackRedis(int port, Process process) {
        this.port = port;
        this.process = process;
    }

    static LoopbackRedis start() throws IOException {
        int port = freePort();
        Process process = new ProcessBuilder(
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
        LoopbackRedis redis = new LoopbackRedis(port, process);
        await("Redis").atMost(Duration.ofSeconds(20)).until(redis::listens);
        return redis;
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

    String url() {
        return "redis://127.0.0.1:" + port;
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
