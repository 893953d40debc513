/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.access;

import dev.ralph.samples.spring.edge.RateHeaders;
import dev.ralph.samples.spring.edge.Verdict;
import dev.ralph.samples.spring.problem.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Finds out who asks, by the bearer token of the {@code Authorization} header and by nothing else: no cookie, no parameter. A
 * request without one goes on as nobody's; one with a bad one ends here.
 */
final class BearerFilter extends OncePerRequestFilter {

    /** As RFC 6750 has it. Longer ones are refused unread. */
    private static final Pattern BEARER = Pattern.compile("(?i)Bearer +([A-Za-z0-9._~+/-]{1,8000}=*) *");

    private final List<TokenCheck> checks;
    private final RefusedLogins refusals;
    private final ProblemWriter problems;

    BearerFilter(List<TokenCheck> checks, RefusedLogins refusals, ProblemWriter problems) {
        this.checks = List.copyOf(checks);
        this.refusals = refusals;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (header == null) {
            chain.doFilter(request, response);
            return;
        }
        Login login = login(header);
        if (login instanceof Login.Accepted accepted) {
            Credential.keep(request, () -> {
                Login again = login(header);
                return again.equals(accepted) || again instanceof Login.Unavailable;
            });
            Caller caller =
                    new Caller(accepted.principal(), accepted.tenant(), accepted.role(), request.getRemoteAddr());
            goOn(CallerAuthentication.of(caller), request, response, chain);
        } else if (login instanceof Login.Scraper) {
            goOn(CallerAuthentication.ofScraper(), request, response, chain);
        } else if (login instanceof Login.Unavailable away) {
            problems.unavailable(request, response, "Credentials cannot be checked: " + away.what() + " is away.");
        } else if (login instanceof Login.Refused refused) {
            refuse(refused, request, response);
        }
    }

    private Login login(String header) {
        Matcher form = BEARER.matcher(header);
        if (!form.matches()) {
            return Login.Refused.of("no bearer token");
        }
        String token = form.group(1);
        Optional<TokenCheck> check =
                checks.stream().filter(each -> each.knows(token)).findFirst();
        return check.isPresent() ? check.get().check(token) : Login.Refused.of("no known kind of token");
    }

    private void refuse(Login.Refused refused, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Verdict verdict = refusals.refused(refused, request.getRemoteAddr());
        RateHeaders.add(request, response, verdict);
        if (verdict.allowed()) {
            problems.unauthorized(request, response, true);
        } else {
            problems.tooMany(
                    request, response, verdict.untilReset(), "Too many credentials from your address were not valid.");
        }
    }

    private static void goOn(
            Authentication who, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(who);
        SecurityContextHolder.setContext(context);
        chain.doFilter(request, response);
    }
}
