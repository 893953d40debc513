/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ralph.Actor;
import dev.ralph.InvalidValueException;
import dev.ralph.RunId;
import dev.ralph.StoreException;
import dev.ralph.audit.AuditEntry;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The one place where an entry of the audit trail gets its stored form, and gets back from it. What is signed is the stored
 * form. Thread-safe.
 */
final class AuditForm {

    /** In place of a text that somebody took away. */
    private static final String NOTHING = "?";

    private final JsonMapper json = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /**
     * The stored form, not signed yet.
     *
     * @throws dev.ralph.InvalidValueException if a text cannot be stored
     */
    StoredAudit stored(AuditEntry entry) {
        StorableText.requireKey("audit.principal", entry.principal());
        StorableText.requireKey("audit.action", entry.action());
        StorableText.require("audit.resource", entry.resource());
        StorableText.requireKey("audit.tenant", entry.tenant());
        StorableText.requireKey("audit.outcome", entry.outcome());
        StorableText.requireKey("audit.node", entry.node());
        entry.details().forEach((name, value) -> {
            StorableText.require("audit.details", name);
            StorableText.require("audit.details", value);
        });
        return new StoredAudit(
                entry.id(),
                entry.at(),
                entry.principal(),
                entry.action(),
                entry.resource(),
                details(entry.details()),
                entry.address(),
                entry.run() == null ? null : entry.run().value(),
                entry.tenant(),
                entry.outcome(),
                entry.node(),
                null,
                null);
    }

    /** The entry that has this form. Of one that somebody changed, what can be made of it. */
    AuditEntry entry(StoredAudit stored) {
        return new AuditEntry(
                stored.entryId(),
                stored.at(),
                name(stored.userId()),
                address(stored.address()),
                name(stored.action()),
                stored.resource().isBlank() ? NOTHING : stored.resource(),
                stored.run() == null ? null : new RunId(stored.run()),
                stored.tenant(),
                name(stored.outcome()),
                name(stored.node()),
                details(stored.details()).orElse(Map.of()));
    }

    private static String name(String stored) {
        return stored.isBlank() ? NOTHING : stored.substring(0, Math.min(stored.length(), AuditEntry.MAX_NAME));
    }

    private static @Nullable String address(@Nullable String stored) {
        try {
            return stored == null
                    ? null
                    : Actor.of(NOTHING).from(stored.replaceAll("/.*", "")).address();
        } catch (InvalidValueException e) {
            return null;
        }
    }

    /** Details in the order of their names; empty if this is nothing that was stored by {@link #stored}. */
    Optional<Map<String, String>> details(String document) {
        try {
            if (!(json.readTree(document) instanceof ObjectNode object)) {
                return Optional.empty();
            }
            Map<String, String> details = new TreeMap<>();
            for (Map.Entry<String, JsonNode> field : object.properties()) {
                if (!field.getValue().isTextual()) {
                    return Optional.empty();
                }
                details.put(field.getKey(), field.getValue().textValue());
            }
            return Optional.of(details);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private String details(Map<String, String> details) {
        try {
            return json.writeValueAsString(new TreeMap<>(details));
        } catch (JsonProcessingException e) {
            throw new StoreException("the details of an audit entry cannot be written as JSON", e);
        }
    }
}
