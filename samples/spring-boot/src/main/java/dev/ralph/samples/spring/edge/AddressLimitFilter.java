/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.edge;

import dev.ralph.samples.spring.problem.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.web.filter.OncePerRequestFilter;

/** Limits how much is asked from an address, before anybody is asked who they are. Probes do not count. */
public final class AddressLimitFilter extends OncePerRequestFilter {

    private static final Set<String> PROBES = Set.of("/live", "/ready");

    private final RateLimiter limiter;
    private final RateLimit limit;
    private final ProblemWriter problems;

    AddressLimitFilter(RateLimiter limiter, RateLimit limit, ProblemWriter problems) {
        this.limiter = limiter;
        this.limit = limit;
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return PROBES.contains(request.getRequestURI());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Verdict verdict = limiter.take("address", IpLiteral.site(request.getRemoteAddr()), limit);
        RateHeaders.add(request, response, verdict);
        if (verdict.allowed()) {
            chain.doFilter(request, response);
        } else {
            problems.tooMany(request, response, verdict.untilReset(), "Too many requests from your address.");
        }
    }
}
