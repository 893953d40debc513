/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.attack;

import dev.ralph.samples.spring.attack.Attack.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Too much, too slow, too many. */
final class FloodAttacks {

    private static final long GIGABYTE = 1L << 30;

    /** What may be taken before a client hears that it is too much: what the operating system has room for, and some. */
    private static final long TAKEN_AT_MOST = 32L << 20;

    private static final int STREAMS = 400;
    private static final int DIFFS = 200;

    /** How long whether the host is alive may take to be answered while a caller has all diffs made it can. */
    private static final Duration ALIVE_WITHIN = Duration.ofSeconds(2);

    private static final Duration SLOWEST_END = Duration.ofSeconds(35);

    private FloodAttacks() {}

    static Stream<Attack> all() {
        return Stream.of(
                body("to set up, with its length", false, "/api/v1/setup", v -> null, true),
                body("to set up, in chunks", false, "/api/v1/setup", v -> null, false),
                body("to submit, without a credential, with its length", false, "/api/v1/runs", v -> null, true),
                body("to submit, without a credential, in chunks", false, "/api/v1/runs", v -> null, false),
                body("to submit, with its length", true, "/api/v1/runs", v -> v.operator, true),
                body("to submit, in chunks", true, "/api/v1/runs", v -> v.operator, false),
                body("to issue a key, in chunks", true, "/api/v1/keys", v -> v.admin, false),
                body(
                        "to cancel, which needs none, in chunks",
                        true,
                        "/api/v1/runs/018f0000-0000-7000-8000-000000000000/cancel",
                        v -> v.operator,
                        false),
                form("PUT", v -> null, 401),
                form("PATCH", v -> null, 401),
                form("PUT", v -> v.operator, 403),
                new Attack(
                        "slow", "a form to PUT a byte at a time, without a credential", false, FloodAttacks::formDrip),
                slow("300 connections that say nothing", false, 300, v -> ""),
                slow("300 heads that do not end", false, 300, v -> "GET /live HTTP/1.1\r\nHost: 127.0.0.1\r\nX: "),
                slow(
                        "300 bodies to set up that do not come",
                        false,
                        300,
                        v -> v.headOf(
                                        "POST",
                                        "/api/v1/setup",
                                        null,
                                        "Content-Type: application/json",
                                        "Content-Length: 100")
                                + "{"),
                slow(
                        "300 bodies to submit that do not come, without a credential",
                        false,
                        300,
                        v -> v.headOf(
                                        "POST",
                                        "/api/v1/runs",
                                        null,
                                        "Content-Type: application/json",
                                        "Content-Length: 100")
                                + "{"),
                slow(
                        "100 bodies to submit that do not come",
                        true,
                        100,
                        v -> v.headOf(
                                        "POST",
                                        "/api/v1/runs",
                                        v.operator,
                                        "Content-Type: application/json",
                                        "Content-Length: 100")
                                + "{"),
                new Attack("slow", "a body a byte at a time", true, FloodAttacks::drip),
                new Attack("floods", "400 event streams of one caller", true, FloodAttacks::streams),
                new Attack("floods", DIFFS + " diffs at once of one caller", true, FloodAttacks::diffs),
                new Attack("floods", "2,000 requests of one address", false, FloodAttacks::requests),
                new Attack("floods", "6,000 requests of one caller from 30 addresses", true, FloodAttacks::caller));
    }

    private interface Token {
        @Nullable String of(Victim victim);
    }

    private static Attack body(String name, boolean needsApi, String path, Token token, boolean withLength) {
        return new Attack("bodies", "1 GB " + name, needsApi, v -> {
            try (RawHttp http = v.connect()) {
                http.send(v.headOf(
                        "POST",
                        path,
                        token.of(v),
                        "Content-Type: application/json",
                        withLength ? "Content-Length: " + GIGABYTE : "Transfer-Encoding: chunked"));
                long taken = http.flood(GIGABYTE, !withLength);
                RawHttp.Reply reply = http.reply();
                boolean refused = reply.status() == 0 || reply.isRefusal();
                return new Outcome(
                        refused && taken <= TAKEN_AT_MOST, reply.shown() + " after " + taken / 1024 + " KiB");
            }
        });
    }

    /** A form in chunks: a filter of the framework would read it whole, before security. */
    private static Attack form(String method, Token token, int status) {
        String by = status == 401 ? ", without a credential" : "";
        return new Attack("bodies", "a form of 1 GB to " + method + by, false, v -> {
            try (RawHttp http = v.connect()) {
                http.send(v.headOf(
                        method,
                        "/api/v1/runs",
                        token.of(v),
                        "Content-Type: application/x-www-form-urlencoded",
                        "Transfer-Encoding: chunked"));
                long taken = http.flood(GIGABYTE, true);
                RawHttp.Reply reply = http.reply();
                // A connection that is cut while it is written to may lose the answer.
                boolean refused = reply.status() == status || reply.status() == 0;
                return new Outcome(
                        refused && taken <= TAKEN_AT_MOST, reply.shown() + " after " + taken / 1024 + " KiB");
            }
        });
    }

    private static Outcome formDrip(Victim v) throws Exception {
        try (RawHttp http = v.connect()) {
            http.send(v.headOf(
                            "PUT",
                            "/api/v1/runs",
                            null,
                            "Content-Type: application/x-www-form-urlencoded",
                            "Content-Length: 100000")
                    + "a");
            String answer = http.readUntil("\r\n\r\n", Duration.ofSeconds(5));
            return new Outcome(
                    answer.startsWith("HTTP/1.1 401"), "answered before the form: " + answer.startsWith("HTTP"));
        }
    }

    private interface Beginning {
        String of(Victim victim);
    }

    /** Holds them until the server has had enough; the pulse tells whether others waited for it. */
    private static Attack slow(String name, boolean needsApi, int count, Beginning beginning) {
        return new Attack("slow", name, needsApi, v -> {
            List<RawHttp> held = new ArrayList<>();
            String from = v.newAddress();
            try {
                for (int i = 0; i < count; i++) {
                    RawHttp http = new RawHttp(v.port(), from);
                    held.add(http);
                    try {
                        http.send(beginning.of(v));
                    } catch (IOException e) {
                        // Refused before it was sent.
                    }
                }
                long begin = System.nanoTime();
                int closed = 0;
                for (RawHttp http : held) {
                    Duration left = SLOWEST_END.minusNanos(System.nanoTime() - begin);
                    closed += http.isClosedWithin(left) ? 1 : 0;
                }
                return new Outcome(
                        closed == count,
                        closed + " closed by the host within "
                                + Duration.ofNanos(System.nanoTime() - begin).toSeconds() + " s");
            } finally {
                for (RawHttp http : held) {
                    http.close();
                }
            }
        });
    }

    private static Outcome drip(Victim v) throws Exception {
        try (RawHttp http = v.connect()) {
            http.send(v.headOf(
                    "POST", "/api/v1/runs", v.operator, "Content-Type: application/json", "Content-Length: 100000"));
            long begin = System.nanoTime();
            while (Duration.ofNanos(System.nanoTime() - begin).compareTo(SLOWEST_END) < 0) {
                try {
                    http.send(" ");
                } catch (IOException e) {
                    break;
                }
                if (http.isClosedWithin(Duration.ofMillis(500))) {
                    break;
                }
            }
            Duration took = Duration.ofNanos(System.nanoTime() - begin);
            return new Outcome(took.compareTo(SLOWEST_END) < 0, "cut after " + took.toSeconds() + " s");
        }
    }

    private static Outcome streams(Victim v) throws Exception {
        String run = v.submit(v.operator, "patient");
        List<RawHttp> held = new ArrayList<>();
        int begun = 0;
        int refused = 0;
        try {
            for (int i = 0; i < STREAMS; i++) {
                String answer = follow(v, "127.0.2." + (i % 200 + 1), v.operator, run, held);
                begun += answer.startsWith("HTTP/1.1 200") ? 1 : 0;
                refused += answer.startsWith("HTTP/1.1 429") || answer.startsWith("HTTP/1.1 503") ? 1 : 0;
            }
            boolean other = follow(v, v.newAddress(), v.viewer, run, held).startsWith("HTTP/1.1 200");
            return new Outcome(
                    begun == Victim.STREAMS_OF_A_CALLER && begun + refused == STREAMS && other,
                    begun + " begun, " + refused + " refused; another caller gets "
                            + (other ? "a stream" : "no stream"));
        } finally {
            for (RawHttp http : held) {
                http.close();
            }
            v.host.post("/api/v1/runs/" + run + "/cancel", v.admin, "{}");
        }
    }

    private static String follow(Victim v, String from, String token, String run, List<RawHttp> held)
            throws IOException {
        RawHttp http = new RawHttp(v.port(), from);
        held.add(http);
        http.send(v.headOf("GET", "/api/v1/runs/" + run + "/events", token, "Accept: text/event-stream"));
        return http.readUntil("\r\n\r\n", Duration.ofSeconds(20));
    }

    private static Outcome diffs(Victim v) throws Exception {
        String run = v.submit(v.operator, "demo", "scripted");
        v.awaitEnd(v.operator, run);
        String from = v.newAddress();
        List<RawHttp> held = new ArrayList<>();
        try {
            for (int i = 0; i < DIFFS; i++) {
                RawHttp http = new RawHttp(v.port(), from);
                held.add(http);
                http.send(v.headOf("GET", "/api/v1/runs/" + run + "/diff", v.viewer));
            }
            Duration slowest = Duration.ZERO;
            int made = 0;
            int refused = 0;
            for (RawHttp http : held) {
                Duration live = untilAlive(v);
                slowest = live.compareTo(slowest) > 0 ? live : slowest;
                int status = http.reply().status();
                made += status == 200 ? 1 : 0;
                refused += status == 429 || status == 503 ? 1 : 0;
            }
            return new Outcome(
                    made > 0 && refused > 0 && made + refused == DIFFS && slowest.compareTo(ALIVE_WITHIN) < 0,
                    made + " made, " + refused + " refused; whether it is alive took " + slowest.toMillis()
                            + " ms at most");
        } finally {
            for (RawHttp http : held) {
                http.close();
            }
        }
    }

    private static Duration untilAlive(Victim v) throws IOException {
        long begin = System.nanoTime();
        RawHttp.Reply reply = v.request("GET", "/live", null);
        return reply.status() == 200 ? Duration.ofNanos(System.nanoTime() - begin) : ALIVE_WITHIN;
    }

    private static Outcome requests(Victim v) throws Exception {
        String from = v.newAddress();
        int limited = 0;
        for (int i = 0; i < 2_000; i++) {
            limited += RawHttp.exchange(v.port(), from, v.headOf("GET", "/api/v1/runs", null))
                                    .status()
                            == 429
                    ? 1
                    : 0;
        }
        RawHttp.Reply other = v.request("GET", "/api/v1/me", v.viewer);
        return new Outcome(
                limited > 1_000 && other.status() == 200,
                limited + " of them 429; another address is answered: " + other.shown());
    }

    /** Across the end of a minute, twice as many are answered. */
    private static Outcome caller(Victim v) throws Exception {
        String key = v.host.key(v.admin, "viewer");
        int answered = 0;
        int limited = 0;
        for (int address = 0; address < 30; address++) {
            String from = v.newAddress();
            for (int i = 0; i < 200; i++) {
                int status = RawHttp.exchange(v.port(), from, v.headOf("GET", "/api/v1/me", key))
                        .status();
                answered += status == 200 ? 1 : 0;
                limited += status == 429 ? 1 : 0;
            }
        }
        RawHttp.Reply other = v.request("GET", "/api/v1/me", v.viewer);
        return new Outcome(
                answered + limited == 6_000 && answered <= 2 * Victim.REQUESTS_OF_A_CALLER && other.status() == 200,
                limited + " of them 429; another caller is answered: " + other.shown());
    }
}
