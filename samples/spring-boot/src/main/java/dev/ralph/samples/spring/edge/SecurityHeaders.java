/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.edge;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.springframework.security.web.header.HeaderWriter;

/** The content security policy: answers of the API may load and run nothing, the pages of the API's documentation their own files. */
public final class SecurityHeaders implements HeaderWriter {

    private static final String HEADER = "Content-Security-Policy";
    private static final String NOTHING =
            "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    /** All that an answer has which no filter of ours has seen. */
    public static final Map<String, String> STRICTEST = Map.of(
            HEADER,
            NOTHING,
            "X-Content-Type-Options",
            "nosniff",
            "X-Frame-Options",
            "DENY",
            "Referrer-Policy",
            "no-referrer",
            "Cache-Control",
            "no-cache, no-store, max-age=0, must-revalidate");

    /** Swagger UI sets styles in its elements, and draws its icons from data. */
    private static final String DOCUMENTATION =
            "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
                    + " img-src 'self' data:; font-src 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none';"
                    + " form-action 'none'";

    @Override
    public void writeHeaders(HttpServletRequest request, HttpServletResponse response) {
        response.setHeader(HEADER, isDocumentation(request.getRequestURI()) ? DOCUMENTATION : NOTHING);
    }

    private static boolean isDocumentation(String path) {
        return path.equals("/docs") || path.startsWith("/docs/") || path.startsWith("/swagger-ui/");
    }
}
