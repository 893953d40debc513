/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.attack;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

/** A client that sends exactly the bytes it is told, also those no decent client would. */
public final class RawHttp implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final Socket socket;

    /** Connects from an address of this machine; all of 127.0.0.0/8 is. */
    RawHttp(int port, String from) throws IOException {
        socket = new Socket();
        socket.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) PATIENCE.toMillis());
        socket.setSoTimeout((int) PATIENCE.toMillis());
        socket.setTcpNoDelay(true);
    }

    /**
     * What came back.
     *
     * @param status 0 if the connection was cut without an answer
     * @param head status line and headers
     */
    public record Reply(int status, String head, String body) {

        static final Reply CUT = new Reply(0, "", "");

        /** The value of a header, or the empty string. */
        public String header(String name) {
            return head.lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElse("");
        }

        /** Whether the request was refused for what it is, and not for how many came before. */
        boolean isRefusal() {
            return status >= 400 && status < 500 && status != 429;
        }

        /** For the table. */
        String shown() {
            return status == 0 ? "connection cut" : Integer.toString(status);
        }
    }

    /** Sends a request and reads what comes back. */
    public static Reply exchange(int port, String from, String request) throws IOException {
        try (RawHttp http = new RawHttp(port, from)) {
            http.send(request);
            return http.reply();
        }
    }

    void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    void send(byte[] bytes) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(bytes);
        out.flush();
    }

    /**
     * Sends so many bytes of a body, or as many as are taken.
     *
     * @param chunked each block as a chunk
     * @return how many were taken
     */
    long flood(long bytes, boolean chunked) {
        byte[] block = new byte[64 * 1024];
        Arrays.fill(block, (byte) ' ');
        byte[] before = (Integer.toHexString(block.length) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        long sent = 0;
        try {
            OutputStream out = socket.getOutputStream();
            while (sent < bytes && socket.getInputStream().available() == 0) {
                if (chunked) {
                    out.write(before);
                }
                out.write(block);
                if (chunked) {
                    out.write('\r');
                    out.write('\n');
                }
                sent += block.length;
            }
        } catch (IOException e) {
            // Cut: what was taken until then counts.
        }
        return sent;
    }

    /** Reads the answer until it is whole, the connection is closed, or patience is at an end. */
    Reply reply() {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        try {
            InputStream in = socket.getInputStream();
            byte[] buffer = new byte[8192];
            for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
                read.write(buffer, 0, n);
                if (isWhole(read.toString(StandardCharsets.ISO_8859_1))) {
                    break;
                }
            }
        } catch (IOException e) {
            // Cut, or nothing came: what was read until then counts.
        }
        return parsed(read.toString(StandardCharsets.UTF_8));
    }

    /** Reads what comes until a text comes, or so much time is over. */
    String readUntil(String text, Duration time) throws IOException {
        long deadline = System.nanoTime() + time.toNanos();
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        while (System.nanoTime() < deadline
                && !read.toString(StandardCharsets.UTF_8).contains(text)) {
            socket.setSoTimeout((int)
                    Math.max(1, Duration.ofNanos(deadline - System.nanoTime()).toMillis()));
            int n;
            try {
                n = socket.getInputStream().read(buffer);
            } catch (SocketTimeoutException e) {
                break;
            }
            if (n < 0) {
                break;
            }
            read.write(buffer, 0, n);
        }
        return read.toString(StandardCharsets.UTF_8);
    }

    /** Whether the server closes the connection within this time. */
    boolean isClosedWithin(Duration time) {
        try {
            socket.setSoTimeout((int) Math.max(1, time.toMillis()));
            byte[] buffer = new byte[1024];
            int n;
            do {
                n = socket.getInputStream().read(buffer);
            } while (n >= 0);
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private static boolean isWhole(String text) {
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            return false;
        }
        String length = parsed(text).header("Content-Length");
        return !length.isEmpty() && text.length() - end - 4 >= Integer.parseInt(length);
    }

    private static Reply parsed(String text) {
        int end = text.indexOf("\r\n\r\n");
        if (!text.startsWith("HTTP/1.1 ") || text.length() < 12) {
            return Reply.CUT;
        }
        return new Reply(
                Integer.parseInt(text.substring(9, 12)),
                end < 0 ? text : text.substring(0, end),
                end < 0 ? "" : text.substring(end + 4));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
