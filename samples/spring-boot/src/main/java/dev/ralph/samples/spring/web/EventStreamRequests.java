/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/** Tells requests for an event stream from those for a document at the same address. */
public final class EventStreamRequests {

    private EventStreamRequests() {}

    /** Whether a stream is asked for by its name, and before JSON. */
    public static boolean wanted(HttpServletRequest request) {
        List<String> accept = Collections.list(request.getHeaders(HttpHeaders.ACCEPT));
        try {
            double stream = quality(accept, MediaType.TEXT_EVENT_STREAM);
            return stream > 0 && stream >= quality(accept, MediaType.APPLICATION_JSON);
        } catch (InvalidMediaTypeException e) {
            return false;
        }
    }

    private static double quality(List<String> accept, MediaType wanted) {
        return MediaType.parseMediaTypes(accept).stream()
                .filter(wanted::equalsTypeAndSubtype)
                .mapToDouble(MediaType::getQualityValue)
                .max()
                .orElse(0);
    }
}
