/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.edge;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds out whose request it is. Proxies are believed only if they are configured, from the nearest on, each about the one it
 * was asked by: what a client itself wrote in front of that is never read. At the first text that is no address, the proxy that
 * passed it on is who asks.
 */
final class ClientAddresses {

    private static final int MAX_HOPS = 32;
    private static final Pattern FOR =
            Pattern.compile("(?:^|;)\\s*for\\s*=\\s*\"?([^\";]*)\"?\\s*(?:;|$)", Pattern.CASE_INSENSITIVE);
    private static final Pattern PROTO =
            Pattern.compile("(?:^|;)\\s*proto\\s*=\\s*\"?(https?)\"?\\s*(?:;|$)", Pattern.CASE_INSENSITIVE);

    private final List<Cidr> trusted;
    private final ForwardedHeader header;

    ClientAddresses(EdgeSettings settings) {
        this.trusted = settings.trustedProxies();
        this.header = settings.forwardedHeader();
    }

    /**
     * Who asks.
     *
     * @param address the canonical text of an IP address
     * @param secure whether the client's own connection was encrypted, as far as is known
     */
    record Client(String address, boolean secure) {}

    Client of(HttpServletRequest request) {
        Optional<InetAddress> peer = IpLiteral.parse(withoutZone(request.getRemoteAddr()));
        if (peer.isEmpty() || !isTrusted(peer.get())) {
            return new Client(peer.map(InetAddress::getHostAddress).orElse("0.0.0.0"), request.isSecure());
        }
        InetAddress client = peer.get();
        for (String hop : hopsNearestFirst(request)) {
            Optional<InetAddress> next = IpLiteral.parseWithPort(hop);
            if (next.isEmpty()) {
                break;
            }
            client = next.get();
            if (!isTrusted(client)) {
                break;
            }
        }
        return new Client(client.getHostAddress(), request.isSecure() || saysHttps(request));
    }

    private boolean isTrusted(InetAddress address) {
        return trusted.stream().anyMatch(block -> block.contains(address));
    }

    private List<String> hopsNearestFirst(HttpServletRequest request) {
        List<String> elements = switch (header) {
            case X_FORWARDED_FOR -> elements(request, "X-Forwarded-For");
            case FORWARDED ->
                elements(request, "Forwarded").stream()
                        .map(element -> firstGroup(FOR, element))
                        .toList();
        };
        List<String> nearest =
                new ArrayList<>(elements.subList(Math.max(0, elements.size() - MAX_HOPS), elements.size()));
        Collections.reverse(nearest);
        return nearest;
    }

    /** What the nearest proxy says; it is one that is trusted. */
    private boolean saysHttps(HttpServletRequest request) {
        List<String> said = switch (header) {
            case X_FORWARDED_FOR -> elements(request, "X-Forwarded-Proto");
            case FORWARDED ->
                elements(request, "Forwarded").stream()
                        .map(element -> firstGroup(PROTO, element))
                        .toList();
        };
        return !said.isEmpty()
                && said.get(said.size() - 1).toLowerCase(Locale.ROOT).equals("https");
    }

    private static List<String> elements(HttpServletRequest request, String name) {
        List<String> found = new ArrayList<>();
        for (String line : Collections.list(request.getHeaders(name))) {
            for (String element : line.split(",", -1)) {
                found.add(element.strip());
            }
        }
        return found;
    }

    private static String firstGroup(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        return found.find() ? found.group(1) : "";
    }

    private static String withoutZone(String address) {
        int zone = address.indexOf('%');
        return zone < 0 ? address : address.substring(0, zone);
    }
}
