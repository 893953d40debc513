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

/**
 * Refuses requests for other hosts. Probes and scrapers call by the address of a container, which nobody can list: what they ask
 * for is let through, and is no secret or wants a credential.
 */
public final class HostFilter extends OncePerRequestFilter {

    private static final Set<String> BY_ADDRESS = Set.of("/live", "/ready", "/health", "/metrics");

    private final HostCheck check;
    private final ProblemWriter problems;

    HostFilter(HostCheck check, ProblemWriter problems) {
        this.check = check;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (check.allows(request) || BY_ADDRESS.contains(request.getRequestURI())) {
            chain.doFilter(request, response);
        } else {
            problems.badRequest(
                    request, response, "This host does not answer to the name in 'Host'. See ALLOWED_HOSTS.");
        }
    }
}
