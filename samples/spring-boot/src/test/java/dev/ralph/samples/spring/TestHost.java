/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole program on a port of its own, in this JVM, as clients see it. */
public final class TestHost implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final ConfigurableApplicationContext context;
    private final String log;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private TestHost(ConfigurableApplicationContext context, String log) {
        this.context = context;
        this.log = log;
    }

    /**
     * An answer.
     *
     * @param body the text of it
     */
    public record Answer(int status, String body, java.net.http.HttpHeaders headers) {

        /** The body as JSON. */
        public JsonNode json() {
            return JSON.readTree(body);
        }

        /** The value of a header, or the empty string. */
        public String header(String name) {
            return headers.firstValue(name).orElse("");
        }
    }

    /** On a database in H2 files in this folder, as without any configuration. */
    public static TestHost onH2(Path folder, Map<String, String> properties) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("host.home", folder.resolve("home").toString());
        all.put("host.workspace-root", folder.resolve("workspaces").toString());
        all.put("host.edge.api-rate-limit", "100000/minute");
        all.put("host.edge.login-rate-limit", "100000/minute");
        all.putAll(properties);
        return start(all);
    }

    /** With these properties and no others. */
    public static TestHost start(Map<String, String> properties) {
        Map<String, Object> all = new LinkedHashMap<>(properties);
        all.putIfAbsent("server.port", "0");
        all.putIfAbsent("server.address", "127.0.0.1");
        try (ConsoleText console = new ConsoleText()) {
            String[] arguments = all.entrySet().stream()
                    .map(each -> "--" + each.getKey() + "=" + each.getValue())
                    .toArray(String[]::new);
            return new TestHost(
                    new SpringApplicationBuilder(RalphHost.class)
                            .registerShutdownHook(false)
                            .run(arguments),
                    console.text());
        }
    }

    /** What the start printed. */
    public String log() {
        return log;
    }

    /** The set-up token the start printed for a tenant. */
    public String setupToken(String tenant) {
        return setupToken(log, tenant).orElseThrow(() -> new AssertionError("no token for " + tenant + " in: " + log));
    }

    /** The set-up token for a tenant in what a start printed. */
    static Optional<String> setupToken(String log, String tenant) {
        Matcher found = Pattern.compile("Tenant '" + tenant + "'[^\\n]*(ralph_setup_[0-9a-f]{64})")
                .matcher(log);
        return found.find() ? Optional.of(found.group(1)) : Optional.empty();
    }

    /** An administrator's key, for the set-up token of a tenant. */
    public String admin(String tenant) {
        Answer answer = post("/api/v1/setup", null, "{\"token\":\"" + setupToken(tenant) + "\",\"name\":\"test\"}");
        return answer.json().get("key").asString();
    }

    /** A key of this role, issued by an administrator. */
    public String key(String admin, String role) {
        return post("/api/v1/keys", admin, "{\"name\":\"a " + role + "\",\"role\":\"" + role + "\"}")
                .json()
                .get("key")
                .asString();
    }

    /** The part of a key that is no secret. */
    public static String idOf(String key) {
        return key.substring("ralph_".length(), key.lastIndexOf('_'));
    }

    public Answer get(String path, @Nullable String token, String... headers) {
        return send("GET", path, token, null, headers);
    }

    public Answer post(String path, @Nullable String token, String json, String... headers) {
        return send("POST", path, token, json, headers);
    }

    public Answer delete(String path, @Nullable String token) {
        return send("DELETE", path, token, null);
    }

    public Answer send(String method, String path, @Nullable String token, @Nullable String json, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .method(
                        method,
                        json == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(json));
        if (json != null) {
            request.header("Content-Type", "application/json");
        }
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body(), response.headers());
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public int port() {
        return Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        context.close();
    }
}
