/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc.fault;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * Stands between nodes and a PostgreSQL server: refuses connections, or loses replies to commits. What is lost is the
 * reply alone: the server has committed, and the connection breaks. Thread-safe.
 */
final class PostgresProxy implements AutoCloseable {

    private final ServerSocket listening;
    private final int serverPort;
    private final BooleanSupplier losesNextReply;
    private final Set<Closeable> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger lost = new AtomicInteger();
    private volatile boolean refusing;

    private PostgresProxy(ServerSocket listening, int serverPort, BooleanSupplier losesNextReply) {
        this.listening = listening;
        this.serverPort = serverPort;
        this.losesNextReply = losesNextReply;
    }

    /**
     * Starts one on a port of its own.
     *
     * @param losesNextReply asked at each commit whether its reply is lost
     */
    static PostgresProxy start(int serverPort, BooleanSupplier losesNextReply) throws IOException {
        PostgresProxy proxy = new PostgresProxy(
                new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), serverPort, losesNextReply);
        daemon("proxy", proxy::accept);
        return proxy;
    }

    int port() {
        return listening.getLocalPort();
    }

    /** How many replies to commits are lost so far. */
    int lost() {
        return lost.get();
    }

    /** From now on nobody gets through. */
    void cutOff() {
        refusing = true;
        closeAll();
    }

    void heal() {
        refusing = false;
    }

    @Override
    public void close() throws IOException {
        refusing = true;
        listening.close();
        closeAll();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                if (refusing) {
                    client.close();
                } else {
                    connect(client);
                }
            } catch (IOException e) {
                // Closed, or the server is not there: the client finds out.
            }
        }
    }

    private void connect(Socket client) throws IOException {
        try {
            Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            PostgresRelay relay = new PostgresRelay(client, server, losesNextReply, lost::incrementAndGet);
            open.add(relay);
            if (refusing) {
                relay.close();
            }
            daemon("proxy-to-server", () -> relay(relay, relay::requests));
            daemon("proxy-to-client", () -> relay(relay, relay::replies));
        } catch (IOException e) {
            client.close();
        }
    }

    private void relay(PostgresRelay relay, Direction direction) {
        try {
            direction.run();
        } catch (IOException e) {
            // One side is gone, so the other has to go.
        } finally {
            relay.close();
            open.remove(relay);
        }
    }

    private void closeAll() {
        for (Closeable connection : open) {
            try {
                connection.close();
            } catch (IOException e) {
                // As good as closed.
            }
        }
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    @FunctionalInterface
    private interface Direction {
        void run() throws IOException;
    }
}
