/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import javax.sql.DataSource;

/**
 * Stands between a client and PostgreSQL and, as poolers do, tells a process id of its own in place of the session's
 * (PostgreSQL documentation, "Message Formats", BackendKeyData). Serves one connection.
 */
final class PoolingRelay implements AutoCloseable {

    private static final int KEY_DATA = 'K';
    private static final int READY = 'Z';

    private final ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final Socket database;
    private final UnwaitingSessions server = new UnwaitingSessions();

    private PoolingRelay(URI url, String jdbcUrl) throws IOException {
        database = new Socket(url.getHost(), url.getPort());
        server.setURL(jdbcUrl);
        server.setServerNames(new String[] {listening.getInetAddress().getHostAddress()});
        server.setPortNumbers(new int[] {listening.getLocalPort()});
        server.setSslMode("disable");
        server.setGssEncMode("disable");
        Thread accepting = new Thread(this::serve, "pooling-relay");
        accepting.setDaemon(true);
        accepting.start();
    }

    static PoolingRelay to(String url) throws IOException {
        String jdbcUrl = DatabaseUrl.parse(url).jdbcUrl();
        return new PoolingRelay(URI.create(jdbcUrl.substring("jdbc:".length())), jdbcUrl);
    }

    DataSource through() {
        return server;
    }

    private void serve() {
        try (Socket client = listening.accept()) {
            Thread requests = new Thread(() -> copy(client), "pooling-relay-requests");
            requests.setDaemon(true);
            requests.start();
            DataInputStream from = new DataInputStream(database.getInputStream());
            DataOutputStream to = new DataOutputStream(client.getOutputStream());
            int type;
            do {
                type = from.readUnsignedByte();
                int length = from.readInt();
                byte[] body = from.readNBytes(length - Integer.BYTES);
                if (type == KEY_DATA) {
                    body[0] ^= 1;
                }
                to.writeByte(type);
                to.writeInt(length);
                to.write(body);
            } while (type != READY);
            from.transferTo(to);
        } catch (IOException e) {
            // The client sees a connection that is gone, and its test fails.
        }
    }

    private void copy(Socket client) {
        try (InputStream from = client.getInputStream()) {
            from.transferTo(database.getOutputStream());
        } catch (IOException e) {
            // As above.
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        database.close();
    }
}
