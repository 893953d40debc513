/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.access;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** What Spring Security keeps of who makes a request. It never has the credential. */
final class CallerAuthentication extends AbstractAuthenticationToken {

    /** What a scraper may. */
    static final String SCRAPER = "SCRAPER";

    private static final long serialVersionUID = 1L;

    private final String name;

    @SuppressWarnings("serial") // There are no sessions: it is never written.
    private final @Nullable Caller caller;

    private CallerAuthentication(String name, @Nullable Caller caller, List<? extends GrantedAuthority> authorities) {
        super(authorities);
        this.name = name;
        this.caller = caller;
        setAuthenticated(true);
    }

    /** A caller has its role and those before it. */
    static CallerAuthentication of(Caller caller) {
        List<SimpleGrantedAuthority> roles = Arrays.stream(Role.values())
                .filter(role -> role.compareTo(caller.role()) <= 0)
                .map(role -> new SimpleGrantedAuthority("ROLE_" + role))
                .toList();
        return new CallerAuthentication(caller.tenant() + "/" + caller.principal(), caller, roles);
    }

    static CallerAuthentication ofScraper() {
        return new CallerAuthentication("scraper", null, List.of(new SimpleGrantedAuthority(SCRAPER)));
    }

    @Nullable Caller caller() {
        return caller;
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public @Nullable Object getCredentials() {
        return null;
    }

    @Override
    public Object getPrincipal() {
        return caller == null ? name : caller;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CallerAuthentication that
                && name.equals(that.name)
                && Objects.equals(caller, that.caller)
                && super.equals(other);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, caller);
    }
}
