/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agent.cli;

import dev.ralph.ConfigurationException;
import dev.ralph.FailureClass;
import dev.ralph.internal.worker.StorableText;
import dev.ralph.process.ProcessEnd;
import dev.ralph.process.ProcessExit;
import dev.ralph.process.ProcessStartException;
import dev.ralph.spi.AgentOutcome;
import dev.ralph.spi.UsageReport;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Outcomes that mean the same for all clients. */
public final class ClientOutcomes {

    /** Characters of a result that are kept: its end, where the claim stands. */
    public static final int RESULT_CHARS = 1 << 20;

    /** Characters of a message that are kept. */
    public static final int MESSAGE_CHARS = 500;

    private static final int SIGNAL_BASE = 128;
    private static final int HIGHEST_SIGNAL = 64;
    private static final char DELETE = 0x7F;

    private ClientOutcomes() {}

    /** A result, of which the last {@value #RESULT_CHARS} characters are kept. */
    public static AgentOutcome finished(String result, boolean cut, UsageReport usage) {
        boolean tooLong = result.length() > RESULT_CHARS;
        String kept = tooLong ? result.substring(result.length() - RESULT_CHARS) : result;
        return new AgentOutcome.Finished(kept, cut || tooLong, usage);
    }

    /** A failure; its message becomes one line of at most {@value #MESSAGE_CHARS} characters. */
    public static AgentOutcome.Failed failed(FailureClass failure, String message, UsageReport usage) {
        return failed(failure, message, null, usage);
    }

    /** A failure after which the service asks to wait. */
    public static AgentOutcome.Failed failed(
            FailureClass failure, String message, @Nullable Duration retryAfter, UsageReport usage) {
        return new AgentOutcome.Failed(failure, oneLine(message, MESSAGE_CHARS), retryAfter, usage);
    }

    /** Settings that are wrong; the agent was not launched. */
    public static AgentOutcome.Failed invalid(ConfigurationException problem) {
        return failed(FailureClass.INVALID_ARGUMENT, String.valueOf(problem.getMessage()), UsageReport.NOTHING);
    }

    /** The client could not be started. */
    public static AgentOutcome.Failed notStarted(ProcessStartException problem) {
        FailureClass failure = switch (problem.reason()) {
            case NOT_FOUND, NOT_EXECUTABLE -> FailureClass.NOT_INSTALLED;
            case BAD_DIRECTORY, BAD_INPUT -> FailureClass.INVALID_ARGUMENT;
            case OTHER -> FailureClass.CRASHED;
        };
        return new AgentOutcome.Failed(failure, String.valueOf(problem.getMessage()), null, UsageReport.NOTHING);
    }

    /**
     * What it means that the client did not end by itself.
     *
     * @param usage what is known of its usage
     * @return null if it did end by itself
     */
    public static AgentOutcome.@Nullable Failed stopped(ProcessExit exit, UsageReport usage) {
        if (exit.end() == ProcessEnd.EXITED && exit.exitCode().isPresent()) {
            return null;
        }
        return switch (exit.end()) {
            case WALL_TIMEOUT ->
                failed(FailureClass.TIMEOUT, "it did not end in time, after " + exit.duration(), usage);
            case IDLE_TIMEOUT -> failed(FailureClass.IDLE, "it printed nothing for the idle time-out", usage);
            case EXITED, TERMINATED, KILLED, SUPERVISOR_LOST, HOST_SILENT ->
                failed(FailureClass.CRASHED, "its process was ended: " + exit.end(), usage);
        };
    }

    /** Whether the exit code says that a signal killed it: 128 + n for signal n. */
    public static boolean signalled(ProcessExit exit) {
        int code = exit.exitCode().orElse(0);
        return code > SIGNAL_BASE && code <= SIGNAL_BASE + HIGHEST_SIGNAL;
    }

    /** The last line that is not blank of what it wrote to standard error, or an empty text. */
    public static String lastErrorLine(ProcessExit exit) {
        String last = "";
        for (String line : exit.stderr().tail().lines().toList()) {
            last = line.isBlank() ? last : line.strip();
        }
        return StorableText.beginning(last, MESSAGE_CHARS);
    }

    /** {@code what}, and after a colon the last line of standard error if there is one. */
    public static String withLastErrorLine(String what, ProcessExit exit) {
        String last = lastErrorLine(exit);
        return last.isEmpty() ? what : what + ": " + last;
    }

    /** The beginning of a text, with blanks where it had line ends and control characters. */
    public static String oneLine(String text, int maxChars) {
        String begin = StorableText.beginning(text, 2 * maxChars);
        String line = blanksJoined(begin).strip();
        return line.length() <= maxChars && begin.length() == text.length()
                ? line
                : StorableText.beginning(line, maxChars - 1) + "…";
    }

    private static String blanksJoined(String text) {
        StringBuilder joined = new StringBuilder(text.length());
        boolean blank = false;
        for (int index = 0; index < text.length(); index++) {
            char next = text.charAt(index);
            boolean before = blank;
            blank = next <= ' ' || next == DELETE;
            if (!blank) {
                joined.append(next);
            } else if (!before) {
                joined.append(' ');
            }
        }
        return joined.toString();
    }
}
