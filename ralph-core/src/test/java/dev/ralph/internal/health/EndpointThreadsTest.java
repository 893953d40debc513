/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EndpointThreadsTest {

    @Test
    void aRequestThatNeverArrivesWholeLosesItsConnection() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        try (EndpointThreads threads = new EndpointThreads(Duration.ofMillis(100), Duration.ofHours(1))) {
            server.setExecutor(threads);
            server.start();
            try (Socket socket = new Socket(
                    server.getAddress().getAddress(), server.getAddress().getPort())) {
                socket.setSoTimeout(30_000);
                socket.getOutputStream().write("GET /live HTTP/1.1\r\nHost".getBytes(StandardCharsets.US_ASCII));

                assertThat(hasEnded(socket)).isTrue();
            }
        } finally {
            server.stop(0);
        }
    }

    @Test
    void halfOfTheThreadsAreForWhatIsSlowAndTheRestForOthers() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch allowed = new CountDownLatch(EndpointThreads.SLOW);
        try (EndpointThreads threads = new EndpointThreads(Duration.ofMinutes(1), Duration.ofHours(1))) {
            CountDownLatch refused = new CountDownLatch(1);
            for (int i = 0; i <= EndpointThreads.SLOW; i++) {
                threads.execute(() -> {
                    if (threads.mayTakeLong()) {
                        allowed.countDown();
                        waitFor(release);
                    } else {
                        refused.countDown();
                    }
                });
            }
            assertThat(allowed.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(refused.await(60, TimeUnit.SECONDS)).isTrue();

            CountDownLatch other = new CountDownLatch(1);
            threads.execute(other::countDown);
            assertThat(other.await(60, TimeUnit.SECONDS)).isTrue();
            release.countDown();
        }
    }

    @Test
    void whatMayTakeLongIsNotCutOffForOthers() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(EndpointThreads.SLOW);
        CountDownLatch begun = new CountDownLatch(EndpointThreads.SLOW);
        AtomicInteger interrupted = new AtomicInteger();
        try (EndpointThreads threads = new EndpointThreads(Duration.ofMillis(500), Duration.ofHours(1))) {
            for (int i = 0; i < EndpointThreads.SLOW; i++) {
                threads.execute(() -> {
                    assertThat(threads.mayTakeLong()).isTrue();
                    begun.countDown();
                    if (waitFor(release)) {
                        interrupted.incrementAndGet();
                    }
                    done.countDown();
                });
            }
            assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
            CountDownLatch silent = new CountDownLatch(EndpointThreads.THREADS);
            for (int i = 0; i < EndpointThreads.THREADS; i++) {
                threads.execute(() -> {
                    waitFor(release);
                    silent.countDown();
                });
            }
            assertThat(silent.await(60, TimeUnit.SECONDS)).isTrue();
            release.countDown();
            assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(interrupted).hasValue(0);
        }
    }

    private static boolean hasEnded(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() == -1;
        } catch (SocketException e) {
            return true;
        }
    }

    private static boolean waitFor(CountDownLatch latch) {
        try {
            latch.await();
            return false;
        } catch (InterruptedException e) {
            // As the HTTP server does: the flag stays for whoever looks next.
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
