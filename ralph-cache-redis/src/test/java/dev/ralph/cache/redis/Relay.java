/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.cache.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/** Stands between a client and Redis, and harms what passes. */
final class Relay implements AutoCloseable {

    private final ServerSocket listener;
    private volatile int serverPort;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private volatile Duration delay = Duration.ZERO;
    private volatile int cutAfter = Integer.MAX_VALUE;
    private volatile boolean mute;
    private volatile boolean down;

    private Relay(ServerSocket listener, int serverPort) {
        this.listener = listener;
        this.serverPort = serverPort;
    }

    static Relay to(RedisProcess server) throws IOException {
        ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Relay relay = new Relay(listener, server.port());
        relay.begin(relay::accept);
        return relay;
    }

    String url() {
        return "redis://127.0.0.1:" + listener.getLocalPort();
    }

    /** Each reply takes so much longer. */
    void delay(Duration time) {
        delay = time;
    }

    /** Each connection ends after so many bytes of the next reply. */
    void cutAfter(int bytes) {
        cutAfter = bytes;
    }

    void heal() {
        cutAfter = Integer.MAX_VALUE;
        delay = Duration.ZERO;
        mute = false;
    }

    /** Subscriptions hear nothing any more, but stay connected. */
    void muteSubscriptions() {
        mute = true;
    }

    /** Another server takes over; every connection ends. */
    void switchTo(RedisProcess server) throws IOException {
        serverPort = server.port();
        cutAll();
    }

    /** Every connection ends, and new ones end at once. */
    void down() throws IOException {
        down = true;
        cutAll();
    }

    void up() {
        down = false;
    }

    /** Ends every connection. */
    void cutAll() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private void begin(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // A connection that ended: what relays are for.
                        return;
                    }
                },
                "relay");
        thread.setDaemon(true);
        thread.start();
    }

    private interface Work {
        void run() throws IOException;
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = listener.accept();
            if (down) {
                client.close();
                continue;
            }
            Socket server = new Socket();
            server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), serverPort));
            sockets.addAll(List.of(client, server));
            Line line = new Line(client, server);
            begin(line::requests);
            begin(line::replies);
        }
    }

    private final class Line {

        private final Socket client;
        private final Socket server;
        private volatile boolean subscription;

        Line(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void requests() throws IOException {
            try (client;
                    server) {
                byte[] buffer = new byte[65536];
                InputStream in = client.getInputStream();
                OutputStream out = server.getOutputStream();
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    if (new String(buffer, 0, read, StandardCharsets.ISO_8859_1).contains("SUBSCRIBE")) {
                        subscription = true;
                    }
                    out.write(buffer, 0, read);
                }
            }
        }

        void replies() throws IOException {
            try (client;
                    server) {
                byte[] buffer = new byte[65536];
                InputStream in = server.getInputStream();
                OutputStream out = client.getOutputStream();
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    if (mute && subscription) {
                        continue;
                    }
                    LockSupport.parkNanos(delay.toNanos());
                    if (read > cutAfter) {
                        out.write(buffer, 0, cutAfter);
                        out.flush();
                        return;
                    }
                    out.write(buffer, 0, read);
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        cutAll();
    }
}
