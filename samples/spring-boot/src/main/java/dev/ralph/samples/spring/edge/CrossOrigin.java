/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.edge;

import dev.ralph.samples.spring.problem.ProblemWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsProcessor;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.cors.DefaultCorsProcessor;
import org.springframework.web.filter.CorsFilter;
import org.springframework.web.util.InvalidUrlException;

/** Which web sites may call the API from their pages. */
final class CrossOrigin {

    private CrossOrigin() {}

    static CorsFilter filter(EdgeSettings settings, ProblemWriter problems) {
        CorsConfiguration allowed = new CorsConfiguration();
        allowed.setAllowedOrigins(settings.corsOrigins());
        allowed.setAllowCredentials(settings.corsCredentials());
        allowed.setAllowedMethods(List.of("GET", "HEAD", "POST", "DELETE"));
        allowed.setAllowedHeaders(List.of(
                HttpHeaders.AUTHORIZATION,
                HttpHeaders.CONTENT_TYPE,
                HttpHeaders.ACCEPT,
                "Idempotency-Key",
                "Last-Event-ID"));
        allowed.setExposedHeaders(
                List.of(HttpHeaders.LOCATION, HttpHeaders.RETRY_AFTER, "RateLimit", "RateLimit-Policy"));
        allowed.setMaxAge(Duration.ofMinutes(10));
        CorsFilter filter = new CorsFilter(request -> allowed);
        filter.setCorsProcessor(new Problems(problems));
        return filter;
    }

    /** Refuses in the form all refusals have. */
    private record Problems(ProblemWriter problems, CorsProcessor standard) implements CorsProcessor {

        Problems(ProblemWriter problems) {
            this(problems, new DefaultCorsProcessor());
        }

        @Override
        public boolean processRequest(
                @Nullable CorsConfiguration configuration, HttpServletRequest request, HttpServletResponse response)
                throws IOException {
            boolean crosses;
            try {
                crosses = CorsUtils.isCorsRequest(request);
            } catch (InvalidUrlException e) {
                problems.badRequest(request, response, "The header Origin is no origin.");
                return false;
            }
            boolean foreign = crosses
                    && configuration != null
                    && configuration.checkOrigin(request.getHeader(HttpHeaders.ORIGIN)) == null;
            if (foreign) {
                response.addHeader(HttpHeaders.VARY, HttpHeaders.ORIGIN);
                problems.forbidden(request, response, "Pages of this origin may not call the API. See CORS_ORIGINS.");
                return false;
            }
            return standard.processRequest(configuration, request, response);
        }
    }
}
