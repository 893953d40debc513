/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ralph.ConfigurationException;
import dev.ralph.InvalidValueException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HealthEndpointTest {

    private static final String LOOPBACK = InetAddress.getLoopbackAddress().getHostAddress();

    /** What whoever asks whether it is alive waits, in milliseconds. */
    private static final int SOON = 2_000;

    private final HealthEndpoint endpoint = HealthEndpoint.start(new LostDatabase(), LOOPBACK, 0);

    @AfterEach
    void close() {
        endpoint.close();
    }

    @Test
    void aNodeThatLostItsDatabaseIsAliveAndNotReady() throws IOException {
        assertThat(ask("GET", "/live").status).isEqualTo(200);
        Answer ready = ask("GET", "/ready");
        assertThat(ready.status).isEqualTo(503);
        assertThat(ready.body).startsWith("{\"status\":\"unhealthy\"").contains("\"database\"");
        assertThat(ask("GET", "/health").status).isEqualTo(503);
    }

    @Test
    void headAnswersAsGetWithoutTheReport() throws IOException {
        assertThat(ask("HEAD", "/ready")).isEqualTo(new Answer(503, ""));
        assertThat(ask("HEAD", "/live")).isEqualTo(new Answer(200, ""));
    }

    @Test
    void otherMethodsAndPathsAreRefused() throws IOException {
        for (String method : new String[] {"POST", "PUT", "DELETE", "OPTIONS", "TRACE"}) {
            assertThat(ask(method, "/health")).as(method).isEqualTo(new Answer(405, ""));
        }
        for (String path : new String[] {"/", "/health/", "/healthy", "/live/../secret", "/metrics"}) {
            assertThat(ask("GET", path)).as(path).isEqualTo(new Answer(404, ""));
        }
    }

    @Test
    void whatAClientSendsIsNotInTheAnswer() throws IOException {
        Answer answer = ask("GET", "/health?name=%3Cscript%3Emarker");

        assertThat(answer.status).isEqualTo(503);
        assertThat(answer.body).doesNotContain("marker");
    }

    @Test
    void aReportThatCannotBeMadeShowsNoStackTrace() throws IOException {
        try (HealthEndpoint broken = HealthEndpoint.start(new Broken(), LOOPBACK, 0)) {
            assertThat(ask(broken, "GET", "/health")).isEqualTo(new Answer(500, ""));
        }
    }

    @Test
    void moreHalfSentRequestsThanThreadsAndPlacesToWaitDoNotHideThatItIsAlive() throws IOException {
        List<Socket> silent = new ArrayList<>();
        try {
            for (int i = 0; i < 100; i++) {
                silent.add(send(endpoint, "GET /live HTTP/1.1\r\nHost"));
            }
            assertThat(ask(endpoint, "GET", "/live", SOON).status).isEqualTo(200);
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
    }

    @Test
    void howeverManyWaitUntilItIsReadyItIsAlive() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch waiting = new CountDownLatch(4);
        List<Socket> asking = new ArrayList<>();
        try (HealthEndpoint hanging = HealthEndpoint.start(new Hanging(release, waiting), LOOPBACK, 0)) {
            for (int i = 0; i < 40; i++) {
                asking.add(send(hanging, "GET /ready HTTP/1.1\r\nHost: localhost\r\n\r\n"));
            }
            assertThat(waiting.await(60, TimeUnit.SECONDS)).isTrue();

            assertThat(ask(hanging, "GET", "/live", SOON).status).isEqualTo(200);
            assertThat(ask(hanging, "GET", "/ready", SOON)).isEqualTo(new Answer(503, ""));
        } finally {
            release.countDown();
            for (Socket socket : asking) {
                socket.close();
            }
        }
    }

    @Test
    void metricsAreServedAsTheHostGathersThem() throws IOException {
        try (HealthEndpoint metering = metering(() -> "ralph_runs_active 1\n")) {
            Answer metrics = ask(metering, "GET", "/metrics");
            assertThat(metrics).isEqualTo(new Answer(200, "ralph_runs_active 1\n"));
            assertThat(ask(metering, "HEAD", "/metrics")).isEqualTo(new Answer(200, ""));
            assertThat(ask(metering, "POST", "/metrics")).isEqualTo(new Answer(405, ""));
            assertThat(ask(metering, "GET", "/metrics/")).isEqualTo(new Answer(404, ""));
            assertThat(head(metering, "/metrics")).contains("Content-type: text/plain; version=0.0.4");
        }
    }

    @Test
    void metricsThatCannotBeGatheredHarmNoReport() throws IOException {
        try (HealthEndpoint broken = metering(() -> {
            throw new IllegalStateException("a bug");
        })) {
            assertThat(ask(broken, "GET", "/metrics")).isEqualTo(new Answer(500, ""));
            assertThat(ask(broken, "GET", "/live").status).isEqualTo(200);
        }
    }

    @Test
    void metricsThatHangKeepNobodyFromAReport() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch gathering = new CountDownLatch(2);
        List<Socket> asking = new ArrayList<>();
        try (HealthEndpoint hanging = metering(() -> {
            gathering.countDown();
            await(release);
            return "";
        })) {
            for (int i = 0; i < 40; i++) {
                asking.add(send(hanging, "GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n"));
            }
            assertThat(gathering.await(60, TimeUnit.SECONDS)).isTrue();

            assertThat(ask(hanging, "GET", "/live", SOON).status).isEqualTo(200);
            assertThat(ask(hanging, "GET", "/ready", SOON).body).contains("\"database\"");
            assertThat(ask(hanging, "GET", "/metrics", SOON)).isEqualTo(new Answer(503, ""));
        } finally {
            release.countDown();
            for (Socket socket : asking) {
                socket.close();
            }
        }
    }

    @Test
    void aPortThatIsAskedForIsListenedTo() {
        assertThat(HealthEndpoint.builder(new LostDatabase())
                        .host(LOOPBACK)
                        .port(0)
                        .startIfConfigured())
                .hasValueSatisfying(started -> {
                    assertThat(started.address().getPort()).isPositive();
                    started.close();
                });
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> HealthEndpoint.builder(new LostDatabase()).port(-1));
    }

    private static HealthEndpoint metering(Supplier<String> text) {
        return HealthEndpoint.builder(new LostDatabase())
                .host(LOOPBACK)
                .port(0)
                .metrics("text/plain; version=0.0.4", text)
                .start();
    }

    private static String head(HealthEndpoint of, String path) throws IOException {
        try (Socket socket = send(of, "HEAD " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")) {
            socket.setSoTimeout(20_000);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void await(CountDownLatch release) {
        try {
            release.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void itKeepsNoProcessFromItsEnd() {
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().equals("HTTP-Dispatcher"))
                .isNotEmpty()
                .allMatch(Thread::isDaemon);
    }

    @Test
    void itListensToThisMachineAloneAndFreesItsPort() {
        assertThat(endpoint.address().getAddress().isLoopbackAddress()).isTrue();
        int port = endpoint.address().getPort();
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> HealthEndpoint.start(new Broken(), LOOPBACK, port))
                .withMessageContaining(":" + port)
                .withMessageContaining("METRICS_PORT");
        endpoint.close();
        HealthEndpoint.start(new Broken(), LOOPBACK, port).close();
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> HealthEndpoint.start(new Broken(), LOOPBACK, 65_536));
    }

    private Answer ask(String method, String path) throws IOException {
        return ask(endpoint, method, path);
    }

    private static Answer ask(HealthEndpoint of, String method, String path) throws IOException {
        return ask(of, method, path, 20_000);
    }

    /** Written by hand: a client of the JDK would tidy the path up, and refuse some methods. */
    private static Answer ask(HealthEndpoint of, String method, String path, int patience) throws IOException {
        try (Socket socket =
                send(of, method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")) {
            socket.setSoTimeout(patience);
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int end = answer.indexOf("\r\n\r\n");
            return new Answer(Integer.parseInt(answer.split(" ", 3)[1]), answer.substring(end + 4));
        }
    }

    private static Socket send(HealthEndpoint to, String text) throws IOException {
        Socket socket = new Socket(to.address().getAddress(), to.address().getPort());
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private record Answer(int status, String body) {}

    private static final class LostDatabase implements Health {

        @Override
        public HealthReport live() {
            return report(CheckResult.up());
        }

        @Override
        public HealthReport ready() {
            return report(CheckResult.down("gone; start it"));
        }

        @Override
        public HealthReport full() {
            return ready();
        }

        private static HealthReport report(CheckResult database) {
            return new HealthReport(
                    database.status() == CheckStatus.UP,
                    Instant.EPOCH,
                    Map.of("database", database),
                    new SystemFigures(null, null, Duration.ZERO));
        }
    }

    private static final class Broken implements Health {

        @Override
        public HealthReport live() {
            throw new IllegalStateException("a bug");
        }

        @Override
        public HealthReport ready() {
            throw new IllegalStateException("a bug");
        }

        @Override
        public HealthReport full() {
            throw new IllegalStateException("a bug");
        }
    }

    private record Hanging(CountDownLatch release, CountDownLatch waiting) implements Health {

        @Override
        public HealthReport live() {
            return new LostDatabase().live();
        }

        @Override
        public HealthReport ready() {
            waiting.countDown();
            HealthEndpointTest.await(release);
            return new LostDatabase().ready();
        }

        @Override
        public HealthReport full() {
            return ready();
        }
    }
}
