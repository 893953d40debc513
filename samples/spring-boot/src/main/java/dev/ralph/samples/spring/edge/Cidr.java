/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.edge;

import dev.ralph.InvalidValueException;
import java.net.InetAddress;

/**
 * A block of IP addresses.
 *
 * @param base an address in it
 * @param bits how many leading bits all of them share with it
 */
public record Cidr(InetAddress base, int bits) {

    /** Checks that an address of this kind has so many bits. */
    public Cidr {
        if (bits < 0 || bits > base.getAddress().length * Byte.SIZE) {
            throw refused(base.getHostAddress() + "/" + bits);
        }
    }

    /**
     * Reads {@code 10.0.0.0/8}, {@code fd00::/8}, or an address by itself.
     *
     * @throws InvalidValueException if the text is none of them; names are not looked up
     */
    public static Cidr of(String text) {
        String trimmed = text.strip();
        int slash = trimmed.indexOf('/');
        InetAddress base = IpLiteral.parse(slash < 0 ? trimmed : trimmed.substring(0, slash))
                .orElseThrow(() -> refused(text));
        if (slash < 0) {
            return new Cidr(base, base.getAddress().length * Byte.SIZE);
        }
        try {
            return new Cidr(base, Integer.parseInt(trimmed.substring(slash + 1)));
        } catch (NumberFormatException e) {
            throw refused(text);
        }
    }

    /** Whether the address is in the block. */
    public boolean contains(InetAddress address) {
        byte[] mine = base.getAddress();
        byte[] its = address.getAddress();
        if (mine.length != its.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % Byte.SIZE);
            if (((mine[bit / Byte.SIZE] ^ its[bit / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    private static InvalidValueException refused(String text) {
        return new InvalidValueException(
                "TRUSTED_PROXIES", text, "is no address and no block of addresses; write 10.0.0.5 or 10.0.0.0/8");
    }
}
