/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.edge;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** IP addresses as text. No name server is ever asked: what is not a literal address is nothing. */
final class IpLiteral {

    private static final Pattern V4 =
            Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)\\.){3}(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)");

    /** With a colon in it, the JDK asks no name server. */
    private static final Pattern V6 = Pattern.compile("(?=[^:]*:)[0-9a-fA-F:.]{2,45}");

    private static final Pattern WITH_PORT =
            Pattern.compile("\\[([0-9a-fA-F:.]{2,45})](?::\\d{1,5})?|([0-9.]{7,15}):\\d{1,5}");

    private static final int PREFIX_OF_A_SITE = 8;

    private IpLiteral() {}

    /** The address, if the text is one and nothing else. */
    static Optional<InetAddress> parse(String text) {
        if (!V4.matcher(text).matches() && !V6.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** The same, where a port and brackets may stand, as proxies write them. */
    static Optional<InetAddress> parseWithPort(String text) {
        Matcher form = WITH_PORT.matcher(text);
        if (!form.matches()) {
            return parse(text);
        }
        String v6 = form.group(1);
        return parse(v6 == null ? form.group(2) : v6);
    }

    /** What one client is counted by: an IPv4 address, or the /64 network of an IPv6 one, of which a site has all addresses. */
    static String site(String address) {
        InetAddress parsed = parse(address).orElse(null);
        if (!(parsed instanceof Inet6Address)) {
            return address;
        }
        byte[] prefix = Arrays.copyOf(Arrays.copyOf(parsed.getAddress(), PREFIX_OF_A_SITE), parsed.getAddress().length);
        try {
            return InetAddress.getByAddress(prefix).getHostAddress() + "/64";
        } catch (UnknownHostException e) {
            throw new IllegalStateException("16 bytes are an address", e);
        }
    }
}
