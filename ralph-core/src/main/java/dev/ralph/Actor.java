/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who does something, as the audit trail is to say it: a person, a service, a node. The host knows, Ralph believes it. See
 * {@link Orchestrator#as}.
 *
 * @param principal who, as the host names people, such as a user's id; not blank, at most 255 characters
 * @param address the IP address it was asked from, IPv4 or IPv6 and no name, or null if there is none; kept in one form, an
 *     IPv6 address without its zone
 * @param details what else is to be recorded of each act, such as the id of a session; no secrets. At most
 *     {@value #MAX_DETAILS}, each with a name of at most 100 and a value of at most 1,000 characters
 */
public record Actor(String principal, @Nullable String address, Map<String, String> details) {

    /** How many details there may be. */
    public static final int MAX_DETAILS = 20;

    private static final int MAX_PRINCIPAL = 255;
    private static final int MAX_NAME = 100;
    private static final int MAX_VALUE = 1_000;

    private static final Pattern IPV4 =
            Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)\\.){3}(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)");

    /** What only an IPv6 address is made of: with a colon in it, the JDK asks no name server. */
    private static final Pattern IPV6 = Pattern.compile("(?=.*:)[0-9a-fA-F:.]{2,45}");

    /**
     * Checks the values.
     *
     * @throws InvalidValueException if one is outside its range, or the address is none
     */
    public Actor {
        Check.atMost(
                "actor.principal",
                Check.notBlank("actor.principal", storable("actor.principal", principal)),
                MAX_PRINCIPAL);
        address = address == null ? null : canonical(address);
        Check.inRange("actor.details", details.size(), 0, MAX_DETAILS);
        details.forEach((name, value) -> {
            Check.atMost("actor.details", Check.notBlank("actor.details", storable("actor.details", name)), MAX_NAME);
            Check.atMost("actor.details", storable("actor.details", value), MAX_VALUE);
        });
        details = Map.copyOf(details);
    }

    /** Somebody without an address. */
    public static Actor of(String principal) {
        return new Actor(principal, null, Map.of());
    }

    /** The same, asking from this address. */
    public Actor from(@Nullable String ipAddress) {
        return new Actor(principal, ipAddress, details);
    }

    /** The same, with one more detail, or another value of it. */
    public Actor with(String name, String value) {
        Map<String, String> more = new TreeMap<>(details);
        more.put(name, value);
        return new Actor(principal, address, more);
    }

    private static String canonical(String address) {
        String text = address.strip();
        int zone = text.indexOf('%');
        String bare = zone < 0 ? text : text.substring(0, zone);
        if (IPV4.matcher(bare).matches() || IPV6.matcher(bare).matches()) {
            try {
                return InetAddress.getByName(bare).getHostAddress();
            } catch (UnknownHostException e) {
                throw noAddress(address);
            }
        }
        throw noAddress(address);
    }

    private static InvalidValueException noAddress(String address) {
        return new InvalidValueException(
                "actor.address", address, "is no IP address; pass the address itself and no name, or null");
    }

    /** No store keeps a NUL character or half a surrogate pair; what was signed must come back as it was. */
    private static String storable(String field, String text) {
        boolean bad = text.codePoints().anyMatch(point -> point == 0 || (point >= 0xD800 && point <= 0xDFFF));
        if (bad) {
            throw new InvalidValueException(
                    field, text.length() + " characters", "has a NUL character or half of a surrogate pair; remove it");
        }
        return text;
    }
}
