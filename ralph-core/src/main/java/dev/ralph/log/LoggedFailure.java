/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.log;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What was thrown as a log may show it: where it came from, and safe messages. Never thrown. */
final class LoggedFailure extends Throwable {

    private static final long serialVersionUID = 1;

    private LoggedFailure(String message) {
        super(message);
    }

    static Throwable of(Throwable failure, UnaryOperator<String> line) {
        return failure instanceof LoggedFailure ? failure : copy(failure, line, new IdentityHashMap<>());
    }

    /** Causes and suppressed failures may lead back to where they began. */
    private static LoggedFailure copy(
            Throwable failure, UnaryOperator<String> line, Map<Throwable, LoggedFailure> copies) {
        LoggedFailure known = copies.get(failure);
        if (known != null) {
            return known;
        }
        LoggedFailure copy = new LoggedFailure(line.apply(failure.toString()));
        copies.put(failure, copy);
        copy.setStackTrace(failure.getStackTrace());
        Throwable cause = failure.getCause();
        if (cause != null) {
            LoggedFailure copiedCause = copy(cause, line, copies);
            if (copiedCause != copy) {
                copy.initCause(copiedCause);
            }
        }
        for (Throwable suppressed : failure.getSuppressed()) {
            LoggedFailure copiedSuppressed = copy(suppressed, line, copies);
            if (copiedSuppressed != copy) {
                copy.addSuppressed(copiedSuppressed);
            }
        }
        return copy;
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }

    /** The class of what was thrown is in the message. */
    @Override
    @SuppressWarnings("OverrideThrowableToString")
    public String toString() {
        return String.valueOf(getMessage());
    }
}
