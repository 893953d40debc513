/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.attack;

import dev.ralph.samples.spring.TestHost;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A host with two tenants, keys of all roles, and a run of the other tenant. Each try comes from an address of its own. */
final class Victim {

    static final int REQUESTS_OF_A_CALLER = 2_000;
    static final int STREAMS_OF_A_CALLER = 50;
    private static final int ADDRESSES_A_BLOCK = 250;

    final TestHost host;
    final String usedSetupToken;
    final String admin;
    final String operator;
    final String viewer;
    final String otherAdmin;
    private final AtomicInteger addresses = new AtomicInteger();
    private @Nullable String otherRun;

    Victim(TestHost host) {
        this.host = host;
        this.usedSetupToken = host.setupToken("default");
        this.admin = host.admin("default");
        this.operator = host.key(admin, "operator");
        this.viewer = host.key(admin, "viewer");
        this.otherAdmin = host.admin("other");
    }

    int port() {
        return host.port();
    }

    String newAddress() {
        int number = addresses.getAndIncrement();
        return "127.1." + number / ADDRESSES_A_BLOCK + "." + (number % ADDRESSES_A_BLOCK + 1);
    }

    RawHttp connect() throws IOException {
        return new RawHttp(port(), newAddress());
    }

    /** Sends a request line, headers each on a line, and the end of the head. */
    RawHttp.Reply raw(String requestLine, String... headers) throws IOException {
        return RawHttp.exchange(port(), newAddress(), head(requestLine, headers));
    }

    /** With a good host, and the connection closed after the answer. */
    RawHttp.Reply request(String method, String path, @Nullable String token, String... headers) throws IOException {
        return RawHttp.exchange(port(), newAddress(), headOf(method, path, token, headers));
    }

    RawHttp.Reply post(String path, @Nullable String token, String contentType, String body) throws IOException {
        return RawHttp.exchange(
                port(),
                newAddress(),
                headOf("POST", path, token, "Content-Type: " + contentType, "Content-Length: " + body.length()) + body);
    }

    String headOf(String method, String path, @Nullable String token, String... headers) {
        String[] all = new String[headers.length + (token == null ? 2 : 3)];
        all[0] = "Host: 127.0.0.1";
        all[1] = "Connection: close";
        if (token != null) {
            all[2] = "Authorization: Bearer " + token;
        }
        System.arraycopy(headers, 0, all, all.length - headers.length, headers.length);
        return head(method + " " + path + " HTTP/1.1", all);
    }

    static String head(String requestLine, String... headers) {
        return requestLine + "\r\n" + String.join("\r\n", headers) + (headers.length == 0 ? "" : "\r\n") + "\r\n";
    }

    /** A run of the other tenant. */
    synchronized String otherRun() {
        if (otherRun == null) {
            otherRun = submit(otherAdmin, "nasty");
        }
        return otherRun;
    }

    String submit(String token, String agent) {
        return submit(token, agent, agent);
    }

    String submit(String token, String workspace, String agent) {
        return host.post(
                        "/api/v1/runs",
                        token,
                        "{\"prompt\":\"Do it.\",\"workspace\":\"" + workspace + "\",\"agents\":[\"" + agent + "\"]}")
                .json()
                .get("id")
                .asString();
    }

    /** Waits for the end of a run. */
    void awaitEnd(String token, String run) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> host.get("/api/v1/runs/" + run, token).body().contains("COMPLETED"));
    }
}
