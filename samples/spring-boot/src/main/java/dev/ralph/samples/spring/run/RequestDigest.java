/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.run;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a client asked for, as one short text: equal for requests that ask for the same, whatever the administrator has changed
 * between them.
 */
final class RequestDigest {

    private final MessageDigest digest = sha256();

    private RequestDigest() {}

    /** Of this request. 5 and 5.00 are one amount, and so are PT60M and PT1H. */
    static String of(RunRequest request) {
        RequestDigest digest = new RequestDigest();
        digest.add(request.prompt());
        digest.add(request.workspace());
        digest.add(request.agents() == null ? null : request.agents().size());
        if (request.agents() != null) {
            request.agents().forEach(digest::add);
        }
        digest.add(request.gates());
        digest.add(request.limits());
        digest.add(request.labels());
        digest.add(request.subject());
        digest.add(request.priority());
        digest.add(request.startDelay());
        digest.add(request.completionPromise());
        return HexFormat.of().formatHex(digest.digest.digest());
    }

    private void add(RunRequest.@Nullable RequestedLimits limits) {
        add(limits == null ? "" : "limits");
        if (limits != null) {
            BigDecimal cost = limits.maxCost();
            add(limits.maxIterations());
            add(limits.maxRuntime());
            add(limits.maxTokens());
            add(cost == null ? null : cost.stripTrailingZeros());
            add(limits.attemptTimeout());
            add(limits.idleTimeout());
        }
    }

    private void add(@Nullable Map<String, @Nullable String> labels) {
        add(labels == null ? null : labels.size());
        if (labels != null) {
            new TreeMap<>(labels).forEach((name, value) -> {
                add(name);
                add(value);
            });
        }
    }

    /** Its length goes first, so that nothing can be moved from one field to the next. */
    private void add(@Nullable Object value) {
        byte[] bytes = value == null ? new byte[0] : value.toString().getBytes(StandardCharsets.UTF_8);
        digest.update(((value == null ? -1 : bytes.length) + ":").getBytes(StandardCharsets.US_ASCII));
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
