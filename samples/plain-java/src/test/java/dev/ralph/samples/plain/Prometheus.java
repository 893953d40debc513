/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;

/** A real Prometheus, as Debian packages it, on the loopback interface. */
final class Prometheus implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final HttpClient client = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private final Process process;
    private final int port;

    private Prometheus(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static Prometheus start(ShortenedBundle bundle) throws IOException {
        int port = freePort();
        Path log = bundle.data().resolveSibling("prometheus.log");
        Process process = new ProcessBuilder(
                        "prometheus",
                        "--config.file=" + bundle.configuration(),
                        "--storage.tsdb.path=" + bundle.data(),
                        "--web.listen-address=127.0.0.1:" + port,
                        "--log.level=warn")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        Prometheus prometheus = new Prometheus(process, port);
        Awaitility.await("Prometheus is ready")
                .atMost(PATIENCE)
                .failFast("it ended: see " + log, () -> !process.isAlive())
                .ignoreExceptions()
                .until(() -> prometheus.get("/-/ready").statusCode() == 200);
        return prometheus;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** An alert as its HTTP interface shows it. */
    record Alert(String name, String state, Map<String, String> labels) {

        boolean is(String wanted, String severity) {
            return name.equals(wanted) && severity.equals(labels.get("severity"));
        }
    }

    /** All that are pending or firing. */
    List<Alert> alerts() {
        List<Alert> alerts = new ArrayList<>();
        for (JsonNode alert : data("/api/v1/alerts").get("alerts")) {
            Map<String, String> labels = new TreeMap<>();
            alert.get("labels")
                    .properties()
                    .forEach(
                            label -> labels.put(label.getKey(), label.getValue().asText()));
            alerts.add(new Alert(
                    labels.getOrDefault("alertname", ""), alert.get("state").asText(), labels));
        }
        return alerts;
    }

    List<Alert> firing() {
        return alerts().stream().filter(alert -> alert.state().equals("firing")).toList();
    }

    /** Waits until one fires. */
    Alert awaitFiring(String name, String severity) {
        return Awaitility.await(name + " (" + severity + ") fires")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(
                        () -> firing().stream()
                                .filter(alert -> alert.is(name, severity))
                                .toList(),
                        found -> !found.isEmpty())
                .get(0);
    }

    /** Waits until none of this name fires or is about to. */
    void awaitOver(String name, String severity) {
        Awaitility.await(name + " (" + severity + ") is over")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> alerts().stream().noneMatch(alert -> alert.is(name, severity)));
    }

    /** The figures an expression has now; without those that are none. */
    List<Double> figures(String expression) {
        List<Double> figures = new ArrayList<>();
        String path = "/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8);
        for (JsonNode series : data(path).get("result")) {
            figures.add(Double.valueOf(series.get("value").get(1).asText().replace("+Inf", "Infinity")));
        }
        figures.removeIf(figure -> figure.isNaN());
        return figures;
    }

    private JsonNode data(String path) {
        HttpResponse<String> response = get(path);
        assertThat(response.statusCode()).as("%s: %s", path, response.body()).isEqualTo(200);
        try {
            return json.readTree(response.body()).get("data");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpResponse<String> get(String path) {
        URI uri = URI.create("http://127.0.0.1:" + port + path);
        try {
            return client.send(
                    HttpRequest.newBuilder(uri).timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
