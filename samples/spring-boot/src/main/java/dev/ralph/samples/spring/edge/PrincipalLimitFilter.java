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
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Limits how much somebody asks, from however many addresses. */
public final class PrincipalLimitFilter extends OncePerRequestFilter {

    private final RateLimiter limiter;
    private final RateLimit limit;
    private final ProblemWriter problems;

    PrincipalLimitFilter(RateLimiter limiter, RateLimit limit, ProblemWriter problems) {
        this.limiter = limiter;
        this.limit = limit;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Authentication who = SecurityContextHolder.getContext().getAuthentication();
        if (who == null || who instanceof AnonymousAuthenticationToken) {
            chain.doFilter(request, response);
            return;
        }
        Verdict verdict = limiter.take("principal", who.getName(), limit);
        RateHeaders.add(request, response, verdict);
        if (verdict.allowed()) {
            chain.doFilter(request, response);
        } else {
            problems.tooMany(request, response, verdict.untilReset(), "Too many requests with this credential.");
        }
    }
}
