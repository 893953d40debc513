/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.keys;

import java.io.Serial;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** The caller's tenant has no such key; whether another one has is not said. */
public final class KeyNotFoundException extends ErrorResponseException {

    @Serial
    private static final long serialVersionUID = 1L;

    KeyNotFoundException(String id) {
        super(
                HttpStatus.NOT_FOUND,
                ProblemDetail.forStatusAndDetail(
                        HttpStatus.NOT_FOUND, "There is no good key with the id '" + id + "'."),
                null);
    }
}
