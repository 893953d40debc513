/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ralph.ContentUnreadableException;
import dev.ralph.StoreException;
import dev.ralph.audit.AuditEntry;
import dev.ralph.store.jdbc.Seals.Place;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What entries of the audit trail say of the person who acts, address and details, is sealed with a key of that person, so
 * that destroying it erases them while the trail, which is signed as it is stored, still verifies. Thread-safe; may block for
 * a statement, and so is not used within a transaction.
 */
final class PersonalFields {

    /** Before a node's name, what it does is done by nobody. */
    private static final String NODE = "node:";

    /** The only detail of an entry that is sealed. */
    private static final String SEALED = "ralph:sealed";

    private static final String ADDRESS = "address";
    private static final String DETAIL = "detail.";
    private static final String UNREADABLE = "unreadable";
    private static final String COLUMNS = "activity_log.ip_address and details";

    private static final TypeReference<TreeMap<String, String>> TEXTS = new TypeReference<>() {};

    private final @Nullable Seals seals;
    private final DataKeys keys;
    private final JsonMapper json = new JsonMapper();

    /** Without {@code seals}, everything stays as it is. */
    PersonalFields(@Nullable Seals seals, DataKeys keys) {
        this.seals = seals;
        this.keys = keys;
    }

    List<AuditEntry> stored(List<AuditEntry> entries) {
        return seals == null ? entries : entries.stream().map(this::stored).toList();
    }

    AuditEntry stored(AuditEntry entry) {
        if (seals == null
                || entry.principal().equals(NODE + entry.node())
                || (entry.address() == null && entry.details().isEmpty())) {
            return entry;
        }
        StorableText.requireKey("audit.principal", entry.principal());
        Map<String, String> personal = new TreeMap<>();
        entry.details().forEach((name, value) -> personal.put(DETAIL + name, value));
        if (entry.address() != null) {
            personal.put(ADDRESS, entry.address());
        }
        String sealed = seals.seal(keys.forNew(entry.principal()), place(entry), write(personal));
        return with(entry, null, Map.of(SEALED, sealed));
    }

    /** Reads the keys of these entries in one statement, so that each of them need not. */
    void prepare(List<AuditEntry> stored) {
        if (seals != null) {
            seals.prepare(stored.stream().map(entry -> entry.details().get(SEALED)));
        }
    }

    /** Without what does not open: that was erased, or somebody changed it, which verifying the trail finds. */
    AuditEntry clear(AuditEntry stored) {
        String sealed = stored.details().get(SEALED);
        if (seals == null || sealed == null || !Seals.isSealed(sealed)) {
            return stored;
        }
        try {
            Map<String, String> personal = json.readValue(seals.open(place(stored), sealed), TEXTS);
            Map<String, String> details = new TreeMap<>();
            personal.forEach((name, value) -> {
                if (name.startsWith(DETAIL)) {
                    details.put(name.substring(DETAIL.length()), value);
                }
            });
            return with(stored, personal.get(ADDRESS), details);
        } catch (ContentUnreadableException e) {
            return with(stored, null, Map.of(UNREADABLE, "erased, or its key is not here"));
        } catch (JsonProcessingException e) {
            throw new StoreException("the details of audit entry " + stored.id() + " are no JSON", e);
        }
    }

    private String write(Map<String, String> personal) {
        try {
            return json.writeValueAsString(personal);
        } catch (JsonProcessingException e) {
            throw new StoreException("the details of an audit entry cannot be written as JSON", e);
        }
    }

    private static Place place(AuditEntry entry) {
        return new Place(entry.id(), COLUMNS);
    }

    private static AuditEntry with(AuditEntry entry, @Nullable String address, Map<String, String> details) {
        return new AuditEntry(
                entry.id(),
                entry.at(),
                entry.principal(),
                address,
                entry.action(),
                entry.resource(),
                entry.run(),
                entry.tenant(),
                entry.outcome(),
                entry.node(),
                details);
    }
}
