/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.real.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;

/**
 * Plays a {@link Script} to whoever asks, on loopback, and keeps every request. Requests beside the agent's loop take nothing
 * from the script. Thread-safe.
 */
public final class ScriptedServer implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Wire wire;
    private final HttpServer http;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<ServedRequest> requests = new ArrayList<>();
    private Script script = Script.of();
    private int played;
    private int unscripted;

    private ScriptedServer(Wire wire, HttpServer http) {
        this.wire = wire;
        this.http = http;
    }

    /** A server that speaks the Messages API of Anthropic. */
    public static ScriptedServer anthropic() throws IOException {
        return start(new AnthropicWire());
    }

    /** A server that speaks the Gemini API. */
    public static ScriptedServer gemini() throws IOException {
        return start(new GeminiWire());
    }

    private static ScriptedServer start(Wire wire) throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ScriptedServer server = new ScriptedServer(wire, http);
        http.setExecutor(server.threads);
        http.createContext("/", server::handle);
        http.start();
        return server;
    }

    /** Its address, without a path. */
    public URI address() {
        InetSocketAddress address = http.getAddress();
        return URI.create("http://" + address.getAddress().getHostAddress() + ":" + address.getPort());
    }

    /** Plays this from its beginning; what was played before is dropped. */
    public synchronized ScriptedServer play(Script next) {
        script = next;
        played = 0;
        return this;
    }

    /** Every request of an agent's loop so far, in the order they came. */
    public List<ServedRequest> turns() {
        return all().stream()
                .filter(request -> request.kind() == ServedRequest.Kind.TURN)
                .toList();
    }

    /** Every request so far. */
    public synchronized List<ServedRequest> all() {
        return List.copyOf(requests);
    }

    /** How many requests came after the script had run out. */
    public synchronized int unscripted() {
        return unscripted;
    }

    /** Waits until the agents' loops have asked so many times in all. */
    public void awaitTurns(int count) {
        Awaitility.await(count + " requests of the loop")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> turns().size() >= count);
    }

    /** Ends it; connections it kept open are closed. */
    @Override
    public void close() {
        closed.countDown();
        http.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try {
            ServedRequest request = read(exchange);
            Reply reply = new Reply(exchange, closed);
            switch (request.kind()) {
                case TURN -> new TurnPlayer(wire, request, reply).play(next(request));
                case SIDE -> {
                    add(request);
                    new TurnPlayer(wire, request, reply).play(wire.side(request.body()));
                }
                case COUNT -> {
                    add(request);
                    reply.json(200, wire.count(request.text().length() / 4 + 1L));
                }
                case OTHER -> {
                    add(request);
                    reply.json(200, wire.nothing());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            exchange.close();
        }
    }

    private ServedRequest read(HttpExchange exchange) throws IOException {
        byte[] bytes = exchange.getRequestBody().readAllBytes();
        JsonNode body = bytes.length == 0 ? MissingNode.getInstance() : JSON.readTree(bytes);
        String path = exchange.getRequestURI().getPath();
        return new ServedRequest(
                wire.kind(exchange.getRequestMethod(), path, body),
                Instant.now(),
                path,
                wire.key(exchange.getRequestHeaders()),
                wire.model(path, body),
                body,
                wire.streamed(path, body));
    }

    private synchronized void add(ServedRequest request) {
        requests.add(request);
    }

    /** In one step, so that two requests at once do not change places. */
    private synchronized Turn next(ServedRequest request) {
        requests.add(request);
        return script.turn(played++).orElseGet(() -> {
            unscripted++;
            return Turn.refuses(400, "the script has run out");
        });
    }
}
