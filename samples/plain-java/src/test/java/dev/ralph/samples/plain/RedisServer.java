/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import redis.embedded.core.ExecutableProvider;

/** A real Redis on the loopback interface, which can be killed and started again. */
final class RedisServer implements AutoCloseable {

    private final int port;
    private final Path folder;
    private Process process;

    private RedisServer(int port, Path folder) throws IOException {
        this.port = port;
        this.folder = folder;
        this.process = run();
    }

    static RedisServer in(Path folder) throws IOException {
        return new RedisServer(freePort(), folder);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private Process run() throws IOException {
        String program = ExecutableProvider.newJarResourceProvider().get().getAbsolutePath();
        Process started = new ProcessBuilder(
                        program,
                        "--bind",
                        "127.0.0.1",
                        "--port",
                        Integer.toString(port),
                        "--save",
                        "",
                        "--dir",
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
        Awaitility.await("Redis on port " + port)
                .atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .until(() -> {
                    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                        return socket.isConnected();
                    }
                });
        return started;
    }

    String url() {
        return "redis://127.0.0.1:" + port;
    }

    void kill() {
        process.destroyForcibly().onExit().join();
    }

    void startAgain() throws IOException {
        process = run();
    }

    @Override
    public void close() {
        kill();
    }
}
