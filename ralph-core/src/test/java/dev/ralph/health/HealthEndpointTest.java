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
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HealthEndpointTest {

    private static final String LOOPBACK = InetAddress.getLoopbackAddress().getHostAddress();

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
    void clientsThatSendNothingWholeDoNotKeepOthersFromAsking() throws IOException {
        Socket[] slow = new Socket[3];
        try {
            for (int i = 0; i < slow.length; i++) {
                slow[i] = new Socket(
                        endpoint.address().getAddress(), endpoint.address().getPort());
                slow[i].getOutputStream().write("GET /live HTTP/1.1\r\nHost".getBytes(StandardCharsets.US_ASCII));
                slow[i].getOutputStream().flush();
            }
            assertThat(ask("GET", "/live").status).isEqualTo(200);
        } finally {
            for (Socket socket : slow) {
                if (socket != null) {
                    socket.close();
                }
            }
        }
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

    /** Written by hand: a client of the JDK would tidy the path up, and refuse some methods. */
    private static Answer ask(HealthEndpoint of, String method, String path) throws IOException {
        try (Socket socket = new Socket(of.address().getAddress(), of.address().getPort())) {
            socket.setSoTimeout(20_000);
            String request = method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int end = answer.indexOf("\r\n\r\n");
            return new Answer(Integer.parseInt(answer.split(" ", 3)[1]), answer.substring(end + 4));
        }
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
}
