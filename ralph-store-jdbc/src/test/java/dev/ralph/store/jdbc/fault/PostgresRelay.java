/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc.fault;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * One connection through {@link PostgresProxy}: reads as much of the wire protocol (PostgreSQL documentation, "Message
 * Formats") as it takes to know a commit and the reply to it. Each direction is used by one thread.
 */
final class PostgresRelay implements Closeable {

    private static final int SSL_REQUEST = 80_877_103;
    private static final int GSS_REQUEST = 80_877_104;
    private static final byte[] COMMITTED = "COMMIT\0".getBytes(StandardCharsets.US_ASCII);

    private final Socket client;
    private final Socket server;
    private final BooleanSupplier loses;
    private final Runnable lost;
    private final Set<String> commitStatements = new HashSet<>();
    private volatile boolean committing;

    PostgresRelay(Socket client, Socket server, BooleanSupplier loses, Runnable lost) {
        this.client = client;
        this.server = server;
        this.loses = loses;
        this.lost = lost;
    }

    /** Passes on what the client sends, until it ends. */
    void requests() throws IOException {
        DataInputStream from = new DataInputStream(new BufferedInputStream(client.getInputStream()));
        OutputStream to = server.getOutputStream();
        byte[] startup = startup(from);
        to.write(startup);
        while (true) {
            Message message = Message.read(from);
            if (isCommit(message) && loses.getAsBoolean()) {
                committing = true;
            }
            to.write(message.bytes());
        }
    }

    /** Passes on what the server replies, until it ends or a reply is lost. */
    void replies() throws IOException {
        DataInputStream from = new DataInputStream(new BufferedInputStream(server.getInputStream()));
        OutputStream to = client.getOutputStream();
        ByteArrayOutputStream heldBack = new ByteArrayOutputStream();
        boolean committed = false;
        while (true) {
            Message message = Message.read(from);
            if (!committing) {
                to.write(message.bytes());
                continue;
            }
            heldBack.write(message.bytes());
            committed |= message.type() == 'C' && message.startsWith(COMMITTED);
            if (message.type() == 'Z') {
                if (committed) {
                    lost.run();
                    return;
                }
                committing = false;
                to.write(heldBack.toByteArray());
                heldBack.reset();
            }
        }
    }

    @Override
    public void close() {
        for (Socket socket : new Socket[] {client, server}) {
            try {
                socket.close();
            } catch (IOException e) {
                // As good as closed.
            }
        }
    }

    /** The first message has no type. Encryption is declined, as a server without it does. */
    private byte[] startup(DataInputStream from) throws IOException {
        while (true) {
            int length = from.readInt();
            byte[] rest = new byte[length - Integer.BYTES];
            from.readFully(rest);
            int code = ByteBuffer.wrap(rest).getInt();
            if (code != SSL_REQUEST && code != GSS_REQUEST) {
                return ByteBuffer.allocate(length).putInt(length).put(rest).array();
            }
            client.getOutputStream().write('N');
        }
    }

    /** A simple query, or the binding of a statement that was prepared before. */
    private boolean isCommit(Message message) {
        switch (message.type()) {
            case 'Q' -> {
                return message.text(0).equals("COMMIT");
            }
            case 'P' -> {
                if (message.text(1).equals("COMMIT")) {
                    commitStatements.add(message.text(0));
                } else {
                    commitStatements.remove(message.text(0));
                }
                return false;
            }
            case 'B' -> {
                return commitStatements.contains(message.text(1));
            }
            default -> {
                return false;
            }
        }
    }

    /** A message with its type and length. */
    private static final class Message {

        private static final int HEADER = 1 + Integer.BYTES;

        private final byte[] bytes;

        private Message(byte[] bytes) {
            this.bytes = bytes;
        }

        static Message read(DataInputStream from) throws IOException {
            int type = from.read();
            if (type < 0) {
                throw new EOFException();
            }
            int length = from.readInt();
            byte[] bytes = new byte[1 + length];
            ByteBuffer.wrap(bytes).put((byte) type).putInt(length);
            from.readFully(bytes, HEADER, bytes.length - HEADER);
            return new Message(bytes);
        }

        byte[] bytes() {
            return bytes;
        }

        char type() {
            return (char) bytes[0];
        }

        boolean startsWith(byte[] beginning) {
            return bytes.length >= HEADER + beginning.length
                    && ByteBuffer.wrap(bytes, HEADER, beginning.length).equals(ByteBuffer.wrap(beginning));
        }

        /** The n-th text, each of which ends with a zero. */
        String text(int number) {
            int begin = HEADER;
            for (int i = 0; i < number; i++) {
                begin = end(begin) + 1;
            }
            return new String(bytes, begin, end(begin) - begin, StandardCharsets.UTF_8);
        }

        private int end(int begin) {
            int end = begin;
            while (end < bytes.length && bytes[end] != 0) {
                end++;
            }
            return end;
        }
    }
}
