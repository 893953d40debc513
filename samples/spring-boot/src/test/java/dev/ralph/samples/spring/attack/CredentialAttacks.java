/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.attack;

import dev.ralph.Orchestrator;
import dev.ralph.audit.AuditQuery;
import dev.ralph.samples.spring.TestHost;
import dev.ralph.samples.spring.attack.Attack.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Missing and forged credentials, more rights than a role has, what is of another tenant, guessing. */
final class CredentialAttacks {

    private static final String NO_RUN = "018f0000-0000-7000-8000-000000000000";

    private CredentialAttacks() {}

    static Stream<Attack> all() {
        return Stream.of(credentials(), roles(), tenants(), guessing()).flatMap(s -> s);
    }

    private static Stream<Attack> credentials() {
        String kind = "credentials";
        String jwt = part("{\"alg\":\"none\"}") + "."
                + part("{\"sub\":\"a\",\"tenant\":\"default\",\"role\":\"admin\"}") + ".";
        return Stream.of(
                status(kind, "none", 401, v -> v.request("GET", "/api/v1/runs", null)),
                status(kind, "a made-up key", 401, v -> v.request("GET", "/api/v1/runs", key("0".repeat(24)))),
                status(
                        kind,
                        "the id of a key, another secret",
                        401,
                        v -> v.request("GET", "/api/v1/runs", key(id(v.admin)))),
                status(
                        kind,
                        "a key with its last digit changed",
                        401,
                        v -> v.request(
                                "GET",
                                "/api/v1/runs",
                                v.admin.substring(0, v.admin.length() - 1) + (v.admin.endsWith("0") ? "1" : "0"))),
                status(
                        kind,
                        "a key in capitals",
                        401,
                        v -> v.request("GET", "/api/v1/runs", v.admin.toUpperCase(Locale.ROOT))),
                status(kind, "a revoked key", 401, v -> {
                    String key = v.host.key(v.admin, "admin");
                    v.host.delete("/api/v1/keys/" + id(key), v.admin);
                    return v.request("GET", "/api/v1/runs", key);
                }),
                status(
                        kind,
                        "the set-up token again",
                        401,
                        v -> v.post(
                                "/api/v1/setup", null, "application/json", "{\"token\":\"" + v.usedSetupToken + "\"}")),
                status(kind, "the set-up token as a key", 401, v -> v.request("GET", "/api/v1/runs", v.usedSetupToken)),
                status(
                        kind,
                        "admin:admin123 by basic authentication",
                        401,
                        v -> v.request("GET", "/api/v1/runs", null, "Authorization: Basic " + part("admin:admin123"))),
                status(kind, "an unsigned JWT", 401, v -> v.request("GET", "/api/v1/runs", jwt)),
                status(
                        kind,
                        "a good key in the query",
                        401,
                        v -> v.request("GET", "/api/v1/runs?access_token=" + v.admin, null)),
                status(
                        kind,
                        "a good key in a cookie",
                        401,
                        v -> v.request(
                                "GET",
                                "/api/v1/runs",
                                null,
                                "Cookie: Authorization=" + v.admin + "; JSESSIONID=" + v.admin)),
                status(
                        kind,
                        "two credentials, the second good",
                        401,
                        v -> v.request(
                                "GET",
                                "/api/v1/runs",
                                null,
                                "Authorization: Bearer x",
                                "Authorization: Bearer " + v.admin)));
    }

    private static Stream<Attack> roles() {
        String kind = "roles";
        List<Attack> attacks = new ArrayList<>(List.of(
                status(
                        kind,
                        "a viewer submits a run",
                        403,
                        v -> v.post("/api/v1/runs", v.viewer, "application/json", "{}")),
                status(
                        kind,
                        "a viewer cancels a run",
                        403,
                        v -> v.post("/api/v1/runs/" + NO_RUN + "/cancel", v.viewer, "application/json", "{}")),
                status(kind, "a viewer reads the audit trail", 403, v -> v.request("GET", "/api/v1/audit", v.viewer)),
                status(
                        kind,
                        "an operator issues a key",
                        403,
                        v -> v.post(
                                "/api/v1/keys", v.operator, "application/json", "{\"name\":\"a\",\"role\":\"admin\"}")),
                status(
                        kind,
                        "an operator revokes the administrator",
                        403,
                        v -> v.request("DELETE", "/api/v1/keys/" + id(v.admin), v.operator)),
                new Attack(kind, "a viewer names another method by header", false, v -> {
                    RawHttp.Reply reply = v.request(
                            "GET", "/api/v1/me", v.viewer, "X-HTTP-Method-Override: DELETE", "X-Method-Override: POST");
                    return new Outcome(
                            reply.status() == 200 && reply.body().contains("VIEWER"), "a GET: " + reply.shown());
                }),
                new Attack(kind, "a viewer names another path by header", false, v -> {
                    RawHttp.Reply reply = v.request(
                            "GET",
                            "/api/v1/me",
                            v.viewer,
                            "X-Original-URL: /api/v1/keys",
                            "X-Rewrite-URL: /api/v1/keys");
                    return new Outcome(
                            reply.status() == 200
                                    && reply.body().contains("\"principal\"")
                                    && reply.body().contains("\"role\":\"VIEWER\"")
                                    && !reply.body().contains("\"items\""),
                            "not read: " + reply.shown());
                }),
                new Attack(kind, "a viewer adds headers that say it is an administrator", false, v -> {
                    RawHttp.Reply reply = v.request(
                            "GET",
                            "/api/v1/me",
                            v.viewer,
                            "X-Role: ADMIN",
                            "X-Forwarded-User: root",
                            "X-Tenant: other");
                    return new Outcome(
                            reply.body().contains("\"role\":\"VIEWER\"")
                                    && reply.body().contains("\"tenant\":\"default\""),
                            "not read: " + reply.shown());
                }),
                new Attack(kind, "an administrator issues a key for another tenant", false, v -> {
                    RawHttp.Reply reply = v.post(
                            "/api/v1/keys",
                            v.admin,
                            "application/json",
                            "{\"name\":\"a\",\"role\":\"admin\",\"tenant\":\"other\"}");
                    return new Outcome(
                            reply.status() == 400 || reply.body().contains("\"tenant\":\"default\""), reply.shown());
                })));
        for (String path : List.of(
                "/API/V1/KEYS",
                "/api/v1/keys/",
                "/api/v1/keys;a=b",
                "/api/v1//keys",
                "//api/v1/keys",
                "/api/v1/keys%2f",
                "/api/v1/%6beys",
                "/api/v1/./keys",
                "/api/v1/runs/../keys",
                "/api/v1/keys.json",
                "/api/v1/keys%00",
                "/api/v1/keys?x=/api/v1/me")) {
            attacks.add(new Attack(kind, "a viewer lists keys as " + path, false, v -> {
                RawHttp.Reply reply = v.request("GET", path, v.viewer);
                return new Outcome(List.of(0, 400, 401, 403, 404).contains(reply.status()), reply.shown());
            }));
        }
        for (String method : List.of("TRACE", "CONNECT", "PUT", "PATCH", "FOO", "get")) {
            attacks.add(new Attack(kind, "a viewer uses the method " + method, false, v -> {
                RawHttp.Reply reply = v.request(method, "/api/v1/runs", v.viewer);
                boolean refused = reply.isRefusal() || reply.status() == 0 || reply.status() == 501;
                return new Outcome(refused && !reply.body().contains("\"items\""), reply.shown());
            }));
        }
        return attacks.stream();
    }

    private static Stream<Attack> tenants() {
        String kind = "tenants";
        List<Attack> attacks = new ArrayList<>();
        for (String path : List.of(
                "", "/iterations", "/events", "/checkpoints", "/gates", "/diff", "/iterations/1/attempts/1/output")) {
            attacks.add(new Attack(
                    kind, "reading " + (path.isEmpty() ? "the run" : path) + " of another tenant", true, v -> {
                        RawHttp.Reply theirs = v.request("GET", "/api/v1/runs/" + v.otherRun() + path, v.admin);
                        RawHttp.Reply none = v.request("GET", "/api/v1/runs/" + NO_RUN + path, v.admin);
                        boolean same = theirs.body()
                                .replace(v.otherRun(), "")
                                .equals(none.body().replace(NO_RUN, ""));
                        return new Outcome(
                                theirs.status() == 404 && same,
                                theirs.shown() + (same ? ", as one that does not exist" : ", told apart"));
                    }));
        }
        for (String command : List.of("cancel", "pause", "resume", "retry", "guide", "rollback")) {
            attacks.add(new Attack(kind, command + " of a run of another tenant", true, v -> {
                String body = command.equals("guide")
                        ? "{\"text\":\"x\"}"
                        : command.equals("rollback") ? "{\"checkpoint\":1}" : "{}";
                RawHttp.Reply reply =
                        v.post("/api/v1/runs/" + v.otherRun() + "/" + command, v.admin, "application/json", body);
                return new Outcome(reply.status() == 404 || reply.status() == 400, reply.shown());
            }));
        }
        attacks.add(new Attack(kind, "the list of runs, asked for another tenant", true, v -> {
            String run = v.otherRun();
            RawHttp.Reply plain = v.request("GET", "/api/v1/runs", v.admin);
            RawHttp.Reply asked = v.request("GET", "/api/v1/runs?tenant=other", v.admin);
            return new Outcome(
                    plain.status() == 200
                            && !plain.body().contains(run)
                            && asked.isRefusal()
                            && !asked.body().contains(run),
                    plain.shown() + " and " + asked.shown() + " without it");
        }));
        attacks.add(status(
                kind,
                "revoking a key of another tenant",
                404,
                v -> v.request("DELETE", "/api/v1/keys/" + id(v.otherAdmin), v.admin)));
        attacks.add(new Attack(kind, "the audit trail of another tenant", true, v -> {
            String key = v.host.key(v.otherAdmin, "viewer");
            String run = v.submit(v.otherAdmin, "nasty");
            RawHttp.Reply theirs = v.request("GET", "/api/v1/audit?limit=1000", v.otherAdmin);
            RawHttp.Reply own = v.request("GET", "/api/v1/audit?limit=1000", v.admin);
            RawHttp.Reply asked = v.request("GET", "/api/v1/audit?tenant=other", v.admin);
            boolean known = theirs.body().contains(id(key)) && theirs.body().contains(run);
            boolean hidden = Stream.of(id(key), run, id(v.otherAdmin))
                    .noneMatch(text -> own.body().contains(text) || asked.body().contains(text));
            return new Outcome(
                    known && own.status() == 200 && own.body().contains(id(v.operator)) && asked.isRefusal() && hidden,
                    own.shown() + " and " + asked.shown() + (hidden ? " without it" : " with it"));
        }));
        return attacks.stream();
    }

    private static Stream<Attack> guessing() {
        return Stream.of(new Attack("guessing", "200 keys from one address", false, v -> {
            String from = v.newAddress();
            int refused = 0;
            int limited = 0;
            for (int i = 0; i < 200; i++) {
                RawHttp.Reply reply = RawHttp.exchange(
                        v.port(),
                        from,
                        v.headOf("GET", "/api/v1/runs", key("%024x".formatted(i)), "X-Forwarded-For: 10.0.0." + i));
                refused += reply.status() == 401 ? 1 : 0;
                limited += reply.status() == 429 ? 1 : 0;
            }
            long recorded = v
                    .host
                    .bean(Orchestrator.class)
                    .audit()
                    .orElseThrow()
                    .list(AuditQuery.NEWEST.withAction("login.refused").withLimit(1000))
                    .items()
                    .stream()
                    .filter(record -> from.equals(record.entry().address()))
                    .count();
            boolean stillGood = RawHttp.exchange(v.port(), from, v.headOf("GET", "/live", null))
                            .status()
                    == 200;
            return new Outcome(
                    refused + limited == 200 && refused <= 20 && recorded <= 20 && stillGood,
                    refused + " times 401, " + limited + " times 429; " + recorded + " entries in the audit trail");
        }));
    }

    private interface Request {
        RawHttp.Reply to(Victim victim) throws Exception;
    }

    private static Attack status(String kind, String name, int expected, Request request) {
        return new Attack(kind, name, false, v -> {
            RawHttp.Reply reply = request.to(v);
            return new Outcome(reply.status() == expected, reply.shown());
        });
    }

    private static String key(String id) {
        return "ralph_" + id + "_" + "0".repeat(64);
    }

    private static String id(String key) {
        return TestHost.idOf(key);
    }

    private static String part(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
