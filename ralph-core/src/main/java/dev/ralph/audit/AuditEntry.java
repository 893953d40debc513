/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.audit;

import dev.ralph.Actor;
import dev.ralph.InvalidValueException;
import dev.ralph.RunId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the audit trail. It never has content: no prompt, no output, no guidance, only sizes, ids and kinds.
 *
 * @param id tells it from every other, a UUID of version 7
 * @param at when, by the clock of the node that wrote it; cut to microseconds
 * @param principal who, see {@link dev.ralph.Actor}
 * @param address the IP address it was asked from, in the form of {@link dev.ralph.Actor}, or null
 * @param action what, one of {@link AuditActions} or a name of the host's
 * @param resource to what, such as {@code run/<id>} or {@code budget/<name>}
 * @param run to which run, or null
 * @param tenant whose run it is, or null
 * @param outcome how it went: {@link #ACCEPTED}, {@link #REQUESTED}, {@link #DONE}, {@link #FAILED}, or why a run ended
 * @param node the node that wrote it
 * @param details what else is known of it
 */
public record AuditEntry(
        UUID id,
        Instant at,
        String principal,
        @Nullable String address,
        String action,
        String resource,
        @Nullable RunId run,
        @Nullable String tenant,
        String outcome,
        String node,
        Map<String, String> details) {

    /** It is stored, and will be carried out. */
    public static final String ACCEPTED = "ACCEPTED";

    /** It begins now; without another entry that follows, nobody knows how it ended. */
    public static final String REQUESTED = "REQUESTED";

    /** It was done. */
    public static final String DONE = "DONE";

    /** It was tried in vain. */
    public static final String FAILED = "FAILED";

    /** Characters in a name at most. */
    public static final int MAX_NAME = 255;

    /**
     * Checks the values.
     *
     * @throws InvalidValueException if principal, action, resource, outcome or node is blank, or one but the resource is
     *     longer than 255 characters, or the address is none
     */
    public AuditEntry {
        at = at.truncatedTo(ChronoUnit.MICROS);
        requireName("audit.principal", principal);
        address = address == null ? null : Actor.of(principal).from(address).address();
        requireName("audit.action", action);
        requireText("audit.resource", resource);
        requireName("audit.outcome", outcome);
        requireName("audit.node", node);
        details = Map.copyOf(details);
    }

    /** Neither who nor from where. */
    @Override
    public String toString() {
        return "AuditEntry[" + id + " " + action + " " + resource + " " + outcome + "]";
    }

    private static void requireName(String field, String value) {
        requireText(field, value);
        if (value.length() > MAX_NAME) {
            throw new InvalidValueException(
                    field, value.length() + " characters", "must have at most " + MAX_NAME + " characters");
        }
    }

    private static void requireText(String field, String value) {
        if (value.isBlank()) {
            throw new InvalidValueException(field, value, "must not be blank");
        }
    }
}
