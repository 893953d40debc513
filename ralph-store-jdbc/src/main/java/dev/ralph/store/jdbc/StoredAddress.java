/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** IP addresses as databases give them back: PostgreSQL appends the length of the prefix. */
final class StoredAddress {

    private static final Pattern FORM = Pattern.compile("([0-9a-fA-F:.]{2,45})(?:/(\\d{1,3}))?");

    private StoredAddress() {}

    /**
     * The address in Java's form. One of which only a part counts, or of a form nobody stores here, keeps what tells it from
     * others.
     */
    static @Nullable String of(@Nullable String column) {
        Matcher form = FORM.matcher(column == null ? "" : column);
        if (column == null || !form.matches() || !isLiteral(form.group(1))) {
            return column;
        }
        try {
            InetAddress address = InetAddress.getByName(form.group(1));
            int whole = address.getAddress().length * Byte.SIZE;
            boolean all = form.group(2) == null || Integer.parseInt(form.group(2)) == whole;
            return address.getHostAddress() + (all ? "" : "/" + form.group(2));
        } catch (UnknownHostException e) {
            return column;
        }
    }

    /** What Java takes for a name it would look up. */
    private static boolean isLiteral(String text) {
        return text.contains(":") || text.matches("\\d+\\.\\d+\\.\\d+\\.\\d+");
    }
}
