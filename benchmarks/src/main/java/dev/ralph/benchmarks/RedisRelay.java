/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands between a client and Redis, and harms its connections. */
final class RedisRelay implements AutoCloseable {

    private static final int BUFFER = 65_536;

    /** What is wrong with connections. */
    enum Fault {
        NONE,
        /** Subscriptions end, and new ones end at once. */
        SUBSCRIPTION_CUT,
        /** Every connection ends, and new ones end at once. */
        ALL_CUT
    }

    private final ServerSocket listener;
    private final int serverPort;
    private final List<Line> lines = new CopyOnWriteArrayList<>();
    private volatile Fault fault = Fault.NONE;

    private RedisRelay(ServerSocket listener, int serverPort) {
        this.listener = listener;
        this.serverPort = serverPort;
    }

    static RedisRelay to(BenchmarkRedis redis) throws IOException {
        RedisRelay relay = new RedisRelay(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), redis.port());
        begin(relay::accept);
        return relay;
    }

    String url() {
        return "redis://127.0.0.1:" + listener.getLocalPort();
    }

    /** Harms what is there and what comes. */
    void harm(Fault what) throws IOException {
        fault = what;
        for (Line line : lines) {
            line.endIfHarmed();
        }
    }

    /** What passes on subscriptions from now on is lost without a sign, though they stay connected; new ones work. */
    void loseSubscriptions() {
        lines.forEach(Line::lose);
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = listener.accept();
            Line line = new Line(client, new Socket(InetAddress.getLoopbackAddress(), serverPort));
            lines.add(line);
            line.endIfHarmed();
            begin(line::requests);
            begin(line::replies);
        }
    }

    private static void begin(Work work) {
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

    private final class Line {

        private final Socket client;
        private final Socket server;
        private volatile boolean subscription;
        private volatile boolean lost;

        Line(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void lose() {
            lost = subscription;
        }

        void endIfHarmed() throws IOException {
            if (fault == Fault.ALL_CUT || (fault == Fault.SUBSCRIPTION_CUT && subscription)) {
                end();
            }
        }

        void end() throws IOException {
            client.close();
            server.close();
        }

        void requests() throws IOException {
            try (client;
                    server) {
                byte[] buffer = new byte[BUFFER];
                InputStream in = client.getInputStream();
                OutputStream out = server.getOutputStream();
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    if (new String(buffer, 0, read, StandardCharsets.ISO_8859_1).contains("SUBSCRIBE")) {
                        subscription = true;
                        endIfHarmed();
                    }
                    if (!lost) {
                        out.write(buffer, 0, read);
                    }
                }
            }
        }

        void replies() throws IOException {
            try (client;
                    server) {
                byte[] buffer = new byte[BUFFER];
                InputStream in = server.getInputStream();
                OutputStream out = client.getOutputStream();
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    if (!lost) {
                        out.write(buffer, 0, read);
                    }
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Line line : lines) {
            line.end();
        }
    }
}
