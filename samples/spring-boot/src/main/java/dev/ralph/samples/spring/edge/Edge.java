/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.edge;

import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.web.filter.CorsFilter;

/**
 * The filters of the edge and their order. They are no beans: the container would run each a second time, and in another order.
 *
 * @param address makes the address and scheme those of the client; before the headers, of which one depends on the scheme
 * @param host refuses requests for other hosts; after the headers, which refusals have too
 * @param origins refuses pages of other web sites, and answers their preflight requests, which do not count
 * @param addresses limits addresses; before authentication, and after {@code origins}, so that pages can read the refusal
 * @param principals limits principals; after authentication, and before authorization, so that what is forbidden counts
 */
public record Edge(
        AddressFilter address,
        HostFilter host,
        CorsFilter origins,
        AddressLimitFilter addresses,
        PrincipalLimitFilter principals) {

    /** Puts them into a chain of Spring Security. */
    public void addTo(HttpSecurity http) {
        http.addFilterBefore(address, HeaderWriterFilter.class)
                .addFilterAfter(host, HeaderWriterFilter.class)
                .addFilterAt(origins, CorsFilter.class)
                .addFilterAfter(addresses, CorsFilter.class)
                .addFilterBefore(principals, AuthorizationFilter.class);
    }
}
