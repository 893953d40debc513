/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.log;

import dev.ralph.internal.worker.Redactor;
import dev.ralph.spi.Secret;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Masks secrets in text, for a host's own logs, error reports and messages: an orchestrator's {@link
 * dev.ralph.Orchestrator#redaction} knows what {@link LogText} does not, the values of the secrets that were handed out.
 * Implementations are thread-safe, do not block, and throw nothing.
 */
@FunctionalInterface
public interface Redaction {

    /**
     * Masks these secrets, in the forms they take in JSON too, and what has the shape of one.
     *
     * @param known secrets whose values are masked; values of fewer than 6 characters are not, as they would mask words
     */
    static Redaction of(Collection<Secret> known) {
        Redactor redactor = Redactor.ofValuesAndShapes();
        known.forEach(redactor::learn);
        return redactor;
    }

    /** The text with every secret in it masked. Lines and controls stay. */
    String mask(String text);

    /**
     * The text as one line that is safe to log: secrets masked, escape sequences dropped, line breaks, other controls and what
     * reorders text made blanks; cut to 4,000 characters.
     *
     * @param fromOutside its {@code toString}; {@code "null"} for null
     */
    default String line(@Nullable Object fromOutside) {
        return OneLine.of(String.valueOf(fromOutside), this::mask);
    }

    /**
     * Something to log in place of what was thrown: the same stack trace, causes and suppressed failures, each with its message
     * as {@link #line}. It is for loggers alone; do not throw it.
     */
    default Throwable failure(Throwable failure) {
        return LoggedFailure.of(failure, this::line);
    }
}
