/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.access;

import dev.ralph.samples.spring.edge.AddressFilter;
import dev.ralph.samples.spring.edge.HostCheck;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;

/**
 * Who sees {@code /health} and {@code /metrics}: scrapers by their token, administrators if there is one tenant alone, as figures
 * are of all tenants, and, if that is set, whoever asks from this machine by one of its allowed names and without a sign of a
 * proxy. A proxy that adds no headers cannot be told from a user of this machine.
 */
final class ObservationAccess implements AuthorizationManager<RequestAuthorizationContext> {

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "0:0:0:0:0:0:0:1");
    private static final List<String> SIGNS_OF_A_PROXY =
            List.of("X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Forwarded", "Via");

    private final AccessSettings settings;
    private final HostCheck hosts;

    ObservationAccess(AccessSettings settings, HostCheck hosts) {
        this.settings = settings;
        this.hosts = hosts;
    }

    @Override
    public AuthorizationDecision authorize(
            Supplier<? extends @Nullable Authentication> authentication, RequestAuthorizationContext context) {
        return new AuthorizationDecision(isScraper(authentication.get()) || isLocal(context.getRequest()));
    }

    private boolean isScraper(@Nullable Authentication who) {
        if (who == null) {
            return false;
        }
        return has(who, CallerAuthentication.SCRAPER)
                || (settings.tenants().size() == 1 && has(who, "ROLE_" + Role.ADMIN));
    }

    private boolean isLocal(HttpServletRequest request) {
        return settings.openOnLoopback()
                && LOOPBACK.contains(AddressFilter.peer(request))
                && LOOPBACK.contains(request.getRemoteAddr())
                && SIGNS_OF_A_PROXY.stream().allMatch(header -> request.getHeader(header) == null)
                && hosts.allows(request);
    }

    private static boolean has(Authentication who, String authority) {
        return who.getAuthorities().stream().map(GrantedAuthority::getAuthority).anyMatch(authority::equals);
    }
}
