/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.cache.redis;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.awaitility.Awaitility;
import redis.embedded.core.ExecutableProvider;

/** A Redis server or sentinel of a test's own, on the loopback interface. */
final class RedisProcess implements AutoCloseable {

    private final List<String> command;
    private final int port;
    private Process process;

    private RedisProcess(List<String> command, int port) throws IOException {
        this.command = command;
        this.port = port;
        this.process = run();
    }

    /** A server with these settings, which begin with two dashes. */
    static RedisProcess start(String... settings) throws IOException {
        return start(freePort(), settings);
    }

    static RedisProcess start(int port, String... settings) throws IOException {
        Path directory = Files.createTempDirectory("redis");
        List<String> command = new ArrayList<>(List.of(
                program(), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", directory.toString()));
        if (Arrays.stream(settings).noneMatch("--port"::equals)) {
            command.addAll(List.of("--port", String.valueOf(port)));
        }
        command.addAll(List.of(settings));
        return new RedisProcess(command, port);
    }

    /** A sentinel that watches a server under the name of {@code ralph}, and alone decides that it is down. */
    static RedisProcess sentinel(int serverPort, String... settings) throws IOException {
        int port = freePort();
        Path file = Files.createTempDirectory("sentinel").resolve("sentinel.conf");
        Files.writeString(
                file,
                "port " + port + "\nbind 127.0.0.1\nsentinel monitor ralph 127.0.0.1 " + serverPort
                        + " 1\nsentinel down-after-milliseconds ralph 500\nsentinel failover-timeout ralph 3000\n"
                        + String.join("\n", settings) + "\n");
        return new RedisProcess(List.of(program(), file.toString(), "--sentinel"), port);
    }

    private static synchronized String program() throws IOException {
        return ExecutableProvider.newJarResourceProvider().get().getAbsolutePath();
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private Process run() throws IOException {
        Process started = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
        Awaitility.await("Redis on port " + port)
                .atMost(Duration.ofSeconds(20))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> listens(started));
        return started;
    }

    private boolean listens(Process started) {
        if (!started.isAlive()) {
            throw new IllegalStateException("it ended at once: " + command);
        }
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

    /** Ends it without a word. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Starts it again, empty, where it was. */
    void startAgain() throws IOException {
        process = run();
    }

    /** It answers nobody, but its connections stay. */
    void freeze() throws IOException, InterruptedException {
        signal("STOP");
    }

    void thaw() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        int ended = new ProcessBuilder("/bin/kill", "-" + name, String.valueOf(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
        if (ended != 0) {
            throw new IOException("kill ended with " + ended);
        }
    }

    /** Calls a server's command as its own words. */
    String command(String words) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write((words + "\r\nQUIT\r\n").getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
