/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.edge;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;

/** Whether a request was meant for this host: a page of a web site that points its own name here is told by that name. */
public final class HostCheck {

    private static final Pattern HOST = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[^:\\[\\]]+)(?::\\d{1,5})?");

    private final Set<String> allowed;

    HostCheck(EdgeSettings settings) {
        this.allowed = Set.copyOf(settings.allowedHosts());
    }

    /** Whether the {@code Host} header names one of the allowed hosts; {@code X-Forwarded-Host} is not read. */
    public boolean allows(HttpServletRequest request) {
        String header = request.getHeader(HttpHeaders.HOST);
        if (header == null) {
            return false;
        }
        Matcher form = HOST.matcher(header.strip());
        return form.matches() && allowed.contains(form.group(1).toLowerCase(Locale.ROOT));
    }
}
