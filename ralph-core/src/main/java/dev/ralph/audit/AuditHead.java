/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.audit;

import dev.ralph.InvalidValueException;

/**
 * The last sealed batch at some moment. Whoever keeps it outside the database can tell later that the trail's end was not cut
 * off since: see {@link AuditLog#verify(AuditHead)}.
 *
 * @param batch the number of the batch
 * @param mac its seal, in hexadecimal digits
 */
public record AuditHead(long batch, String mac) {

    /** The form {@link #parse} reads: {@code 42:9f86d0…}. */
    @Override
    public String toString() {
        return batch + ":" + mac;
    }

    /**
     * Reads the form {@link #toString} writes.
     *
     * @throws InvalidValueException if it is of another form
     */
    public static AuditHead parse(String text) {
        String head = text.strip();
        if (!head.matches("\\d{1,18}:[0-9a-f]{64}")) {
            throw new InvalidValueException(
                    "head", text, "is not of the form <batch>:<64 hexadecimal digits>; pass what verify printed");
        }
        int colon = head.indexOf(':');
        return new AuditHead(Long.parseLong(head.substring(0, colon)), head.substring(colon + 1));
    }
}
