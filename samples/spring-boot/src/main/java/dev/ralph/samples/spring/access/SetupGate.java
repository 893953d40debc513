/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.access;

import dev.ralph.samples.spring.edge.RateHeaders;
import dev.ralph.samples.spring.edge.Verdict;
import dev.ralph.samples.spring.problem.ProblemWriter;
import dev.ralph.samples.spring.web.Places;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.http.HttpMethod;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Stands before the only request with a body that needs no credential: tries are counted before the body is read, the body is
 * small, and few are read at once, one of an address, so that slow ones hold up nobody but each other.
 */
final class SetupGate extends OncePerRequestFilter {

    /** What stands behind the gate; the rule that opens it to everybody matches by the same, however the path is written. */
    static final RequestMatcher REQUESTS =
            PathPatternRequestMatcher.withDefaults().matcher(HttpMethod.POST, "/api/v1/setup");

    private static final int MAX_BYTES = 4_096;
    private static final int AT_ONCE = 16;
    private static final int OF_AN_ADDRESS = 1;

    private final RefusedLogins refusals;
    private final ProblemWriter problems;
    private final Places places = new Places(AT_ONCE, OF_AN_ADDRESS);

    SetupGate(RefusedLogins refusals, ProblemWriter problems) {
        this.refusals = refusals;
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !REQUESTS.matches(request);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String address = request.getRemoteAddr();
        Verdict verdict = refusals.count(address);
        RateHeaders.add(request, response, verdict);
        long length = request.getContentLengthLong();
        if (!verdict.allowed()) {
            problems.tooMany(
                    request, response, verdict.untilReset(), "Too many tries to log in came from your address.");
        } else if (length < 0 || length > MAX_BYTES) {
            problems.badRequest(
                    request, response, "Send the length of the body, which has at most " + MAX_BYTES + " bytes.");
        } else if (places.take(address) != Places.Place.GIVEN) {
            problems.tooMany(request, response, Duration.ofSeconds(5), "Others are setting up; try again.");
        } else {
            try {
                chain.doFilter(request, response);
            } finally {
                places.giveBack(address);
            }
        }
    }
}
