/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.health;

import com.sun.net.httpserver.HttpServer;
import dev.ralph.ConfigurationException;
import dev.ralph.InvalidValueException;
import dev.ralph.internal.health.EndpointThreads;
import dev.ralph.internal.health.HealthHandler;
import dev.ralph.internal.health.MetricsText;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@code GET} and {@code HEAD} of {@code /live}, {@code /ready} and {@code /health} by HTTP, 200 if healthy and 503 if
 * not, with the {@linkplain HealthReport#toJson report}; of {@code /metrics} too, if the host has any
 * ({@link HealthEndpointBuilder#metrics}). For hosts without a web server of their own; it listens once the host
 * starts it, and to this machine alone unless told otherwise. It knows no users and no encryption: what is to be seen from
 * elsewhere belongs behind something that does, or into a network of its own.
 *
 * <p>A few threads of its own serve it, none of which keeps the process from its end. A request must arrive within a second.
 * While many wait for {@code /ready} and {@code /health} already, more of them get 503 without a report, and so do more than
 * two at once of {@code /metrics}; none of them keeps the others waiting, and {@code /live} is answered all the same. Needs the
 * module {@code jdk.httpserver}, which a host on the module path requires. Thread-safe.
 */
public final class HealthEndpoint implements AutoCloseable {

    private static final int MOST_PORT = 65_535;

    /** To send a request, or to take an answer. Less than callers wait who ask whether the node is alive. */
    private static final Duration TRANSFER = Duration.ofSeconds(1);

    /** Longer than the probes that take longest. */
    private static final Duration LONGEST_REQUEST = Duration.ofSeconds(20);

    private static final int PENDING = 32;

    private final HttpServer server;
    private final EndpointThreads threads;

    private HealthEndpoint(HttpServer server, EndpointThreads threads) {
        this.server = server;
        this.threads = threads;
    }

    /**
     * Starts to listen at {@code METRICS_PORT}, 8080 without it, of {@code METRICS_HOST}, the loopback address without it: from
     * system properties, the environment, or the file {@code RALPH_CONFIG} names.
     *
     * @throws ConfigurationException if a value is wrong, or nothing can listen there
     */
    public static HealthEndpoint start(Health health) {
        return builder(health).start();
    }

    /** Says what else it serves, and where. */
    public static HealthEndpointBuilder builder(Health health) {
        return new HealthEndpointBuilder(health);
    }

    /**
     * Starts to listen. Reads no configuration.
     *
     * @param host the name or number of the address to listen on, such as {@code localhost} or {@code 0.0.0.0}
     * @param port 0 for any that is free
     * @throws InvalidValueException if the port is not from 0 to 65,535
     * @throws ConfigurationException if nothing can listen there
     */
    public static HealthEndpoint start(Health health, String host, int port) {
        requirePort(port);
        return listen(health, null, host, port);
    }

    static void requirePort(int port) {
        if (port < 0 || port > MOST_PORT) {
            throw new InvalidValueException("port", port, "must be from 0 to " + MOST_PORT + "; 0 is any that is free");
        }
    }

    static HealthEndpoint listen(Health health, @Nullable MetricsText metrics, String host, int port) {
        InetSocketAddress address = new InetSocketAddress(host, port);
        try {
            HttpServer server = HttpServer.create(address, PENDING);
            EndpointThreads threads = new EndpointThreads(TRANSFER, LONGEST_REQUEST);
            server.setExecutor(threads);
            server.createContext("/", new HealthHandler(health, metrics, threads));
            startAsDaemon(server);
            return new HealthEndpoint(server, threads);
        } catch (IOException e) {
            throw new ConfigurationException(
                    "the health endpoint cannot listen on " + host + ":" + port + " (" + e.getMessage()
                            + "); set METRICS_PORT to a free port, or 0, and METRICS_HOST to an address of this host",
                    e);
        }
    }

    /** The server's own thread is what the thread is that starts it, and must not keep a process from its end. */
    private static void startAsDaemon(HttpServer server) {
        Thread starter = new Thread(server::start, "ralph-health-endpoint-start");
        starter.setDaemon(true);
        starter.start();
        boolean interrupted = false;
        while (starter.isAlive()) {
            try {
                starter.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    /** Stops listening; requests in flight are cut off. Closing twice is allowed. */
    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
