/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ralph.audit.AuditEntry;
import dev.ralph.audit.AuditRecord;
import java.util.TreeMap;

/** Entries as JSON lines, their fields named as the columns of the table. Thread-safe. */
public final class AuditJson {

    private final JsonMapper mapper = JsonMapper.builder().build();

    /** One entry, with the end of the line. */
    public String line(AuditRecord stored) {
        try {
            return mapper.writeValueAsString(object(stored)) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write JSON", e);
        }
    }

    /** One entry. */
    public ObjectNode object(AuditRecord stored) {
        AuditEntry entry = stored.entry();
        ObjectNode object = mapper.createObjectNode()
                .put("id", stored.number())
                .put("timestamp", entry.at().toString())
                .put("entry_id", entry.id().toString())
                .put("user_id", entry.principal())
                .put("ip_address", entry.address())
                .put("action", entry.action())
                .put("resource", entry.resource())
                .put("run_id", entry.run() == null ? null : entry.run().toString())
                .put("tenant", entry.tenant())
                .put("outcome", entry.outcome())
                .put("node", entry.node())
                .put("key_id", stored.signedBy());
        ObjectNode details = object.putObject("details");
        new TreeMap<>(entry.details()).forEach(details::put);
        return object;
    }
}
