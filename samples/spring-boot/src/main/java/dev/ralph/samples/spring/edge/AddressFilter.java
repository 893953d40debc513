/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.edge;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/** Makes {@code getRemoteAddr} and {@code isSecure} those of the client for all that comes after, not those of a proxy. */
public final class AddressFilter extends OncePerRequestFilter {

    private static final String PEER = AddressFilter.class.getName() + ".peer";
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    private final ClientAddresses addresses;

    AddressFilter(ClientAddresses addresses) {
        this.addresses = addresses;
    }

    /** Who holds the connection the request came by: a proxy, or the client itself. */
    public static String peer(HttpServletRequest request) {
        return request.getAttribute(PEER) instanceof String peer ? peer : request.getRemoteAddr();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        request.setAttribute(PEER, request.getRemoteAddr());
        chain.doFilter(new Seen(request, addresses.of(request)), response);
    }

    private static final class Seen extends HttpServletRequestWrapper {

        private final ClientAddresses.Client client;

        Seen(HttpServletRequest request, ClientAddresses.Client client) {
            super(request);
            this.client = client;
        }

        @Override
        public String getRemoteAddr() {
            return client.address();
        }

        @Override
        public String getRemoteHost() {
            return client.address();
        }

        @Override
        public boolean isSecure() {
            return client.secure();
        }

        @Override
        public String getScheme() {
            return client.secure() ? "https" : super.getScheme();
        }

        @Override
        public int getServerPort() {
            int port = super.getServerPort();
            return client.secure() && port == HTTP ? HTTPS : port;
        }
    }
}
