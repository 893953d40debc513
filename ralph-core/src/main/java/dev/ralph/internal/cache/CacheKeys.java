/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.cache;

import dev.ralph.CostQuery;
import dev.ralph.RunQuery;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Keys that say nothing of what they stand for: task ids, subjects and labels may be about people, and keys are not sealed.
 * The same on every node.
 */
final class CacheKeys {

    private CacheKeys() {}

    static String ofTask(String taskId) {
        return digest(List.of(taskId));
    }

    static String of(RunQuery query) {
        List<@Nullable Object> parts = new ArrayList<>();
        addSorted(parts, query.statuses());
        addSorted(parts, query.reasons());
        parts.add(query.agent());
        parts.add(query.tenant());
        parts.add(query.subject());
        addSorted(parts, query.labels());
        parts.add(query.createdFrom());
        parts.add(query.createdBefore());
        parts.add(query.limit());
        parts.add(query.after());
        return digest(parts);
    }

    static String of(CostQuery query) {
        List<@Nullable Object> parts = new ArrayList<>();
        parts.add(query.from());
        parts.add(query.before());
        parts.add(query.tenant());
        parts.add(query.agent());
        addSorted(parts, query.labels());
        parts.add(query.byDay());
        parts.add(query.byAgent());
        parts.add(query.byLabel());
        return digest(parts);
    }

    private static void addSorted(List<@Nullable Object> parts, Collection<?> values) {
        parts.add(values.size());
        values.stream().map(Object::toString).sorted().forEach(parts::add);
    }

    private static void addSorted(List<@Nullable Object> parts, Map<String, String> values) {
        parts.add(values.size());
        new TreeMap<>(values).forEach((name, value) -> {
            parts.add(name);
            parts.add(value);
        });
    }

    /** Each part after its length, so that no two lists of parts are one text. */
    private static String digest(List<? extends @Nullable Object> parts) {
        StringBuilder text = new StringBuilder();
        for (Object part : parts) {
            String value = part == null ? "" : part.toString();
            text.append(part == null ? -1 : value.length()).append(':').append(value);
        }
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
