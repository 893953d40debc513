/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import dev.ralph.Usage;
import dev.ralph.spi.UsageReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;

/**
 * Writes programs that behave as a {@link Behaviour} says, for hosts with a POSIX shell. What differs from agent to agent,
 * its dialect, are shell functions:
 *
 * <dl>
 *   <dt>{@code say TEXT}
 *   <dd>prints a line of text on the way
 *   <dt>{@code finish}
 *   <dd>prints the final result, which it reads from standard input; the program then ends with exit code 0
 *   <dt>{@code fail MESSAGE}
 *   <dd>reports an error and exits
 *   <dt>{@code usage INPUT OUTPUT CACHE_READ CACHE_WRITE DOLLARS}
 *   <dd>prints usage, or keeps it for {@code finish} to print; without it, usage is not reported
 *   <dt>{@code prompt}
 *   <dd>prints the prompt; without it, the prompt is standard input
 * </dl>
 *
 * <p>Commands outside functions run first, with the program's arguments: enough to answer {@code --version}. Texts that
 * these functions are given have letters, digits, blanks and a few signs, never quotes or backslashes. What runs for ever
 * ends by itself once the workspace is removed, so that a failing test leaves nothing on the host.
 */
public final class AgentScript {

    /** The words of an agent that prints plain text, and fails with exit code 1 and a line on standard error. */
    public static final String PLAIN_TEXT = """
            say() { printf '%s\\n' "$1"; }
            finish() { cat; echo; }
            fail() { printf '%s\\n' "$1" >&2; exit 1; }
            """;

    /** A variable that every process of such an agent has in its environment; its value is the workspace. */
    static final String WITNESS = "RALPH_TCK_WITNESS";

    private static final String COMMON = """
            #!/bin/sh
            if [ "${RALPH_TCK_WITNESS:-}" != "$PWD" ]; then
                # Anew, since /proc shows the environment a process began with.
                export RALPH_TCK_WITNESS="$PWD"
                exec /bin/sh "$0" "$@"
            fi
            prompt() { cat; }
            usage() { :; }
            forever() { while [ -d "$RALPH_TCK_WITNESS" ]; do sleep 1; done; }
            digest() { if command -v sha256sum >/dev/null; then sha256sum; else shasum -a 256; fi; }
            """;

    private static final String START = "prompt > /dev/null\n: > " + Behaviour.STARTED + "\n";

    private final String dialect;

    /**
     * For agents of one dialect.
     *
     * @param dialect definitions of the functions above
     */
    public AgentScript(String dialect) {
        this.dialect = dialect;
    }

    /**
     * Writes the program under a new name.
     *
     * @param directory where to write it
     * @return an executable file; for {@link Behaviour.IsMissing} a path where there is none
     * @throws IOException if it cannot be written
     */
    public Path write(Path directory, Behaviour behaviour) throws IOException {
        Path program = directory.resolve("agent-" + UUID.randomUUID());
        if (!(behaviour instanceof Behaviour.IsMissing)) {
            Files.writeString(program, COMMON + dialect + "\n" + body(behaviour) + "\n");
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        return program;
    }

    private static String body(Behaviour behaviour) {
        if (behaviour instanceof Behaviour.DigestsItsPrompt) {
            return "prompt | digest | cut -d ' ' -f 1 | tr -d '\\n' | finish";
        }
        return START + work(behaviour);
    }

    private static String work(Behaviour behaviour) {
        if (behaviour instanceof Behaviour.Finishes finishes) {
            return "say '" + finishes.text() + "'\n" + finish(finishes.result());
        }
        if (behaviour instanceof Behaviour.Fails fails) {
            return "fail '" + fails.message() + "'";
        }
        if (behaviour instanceof Behaviour.Crashes) {
            return "kill -KILL $$";
        }
        if (behaviour instanceof Behaviour.Hangs) {
            return "forever";
        }
        if (behaviour instanceof Behaviour.Chatters) {
            return "while [ -d \"$RALPH_TCK_WITNESS\" ]; do say tick; sleep 0.1; done";
        }
        if (behaviour instanceof Behaviour.IgnoresTermination) {
            return """
                    trap '' TERM INT HUP
                    (forever) &
                    forever""";
        }
        if (behaviour instanceof Behaviour.PrintsGarbage) {
            return garbage();
        }
        if (behaviour instanceof Behaviour.PrintsItsEnvironment) {
            return """
                    env > %s
                    env
                    env >&2
                    fail "$(env | tr '\\n' ' ' | tr -cd 'A-Za-z0-9_=.:/ -')\"""".formatted(Behaviour.ENVIRONMENT);
        }
        return lastWork(behaviour);
    }

    private static String lastWork(Behaviour behaviour) {
        if (behaviour instanceof Behaviour.LeavesAProcess leaves) {
            return leaveProcess() + finish(leaves.result());
        }
        if (behaviour instanceof Behaviour.Floods floods) {
            return (floods.inLines() ? "yes 'one more line of output, much like the last'" : "tr '\\0' x < /dev/zero")
                    + " | head -c " + floods.bytes() + " | finish";
        }
        if (behaviour instanceof Behaviour.FloodsErrors floods) {
            return "tr '\\0' e < /dev/zero | head -c " + floods.bytes() + " >&2\n" + finish(floods.result());
        }
        if (behaviour instanceof Behaviour.ReportsUsage reports) {
            return "say working\n" + usage(reports.report()) + finish(reports.result());
        }
        if (behaviour instanceof Behaviour.ReportsNegativeUsage reports) {
            return "usage -1 -2 -3 -4 -0.5\n" + finish(reports.result());
        }
        throw new IllegalArgumentException("no program is written for " + behaviour + "; write one for it here");
    }

    private static String finish(String result) {
        return "printf %s '" + result + "' | finish";
    }

    private static String usage(UsageReport report) {
        Usage usage = report.usage();
        if (usage == null) {
            throw new IllegalArgumentException("an agent cannot report usage nobody knows: " + report);
        }
        return "usage %d %d %d %d %s%n"
                .formatted(
                        usage.input(),
                        usage.output(),
                        usage.cacheRead(),
                        usage.cacheWrite(),
                        report.cost().amount().toPlainString());
    }

    private static String leaveProcess() {
        return """
                if command -v setsid > /dev/null; then apart=setsid; else apart=nohup; fi
                $apart sh -c 'trap "" TERM INT HUP
                    cd /
                    : > "$RALPH_TCK_WITNESS/%1$s"
                    while [ -d "$RALPH_TCK_WITNESS" ]; do sleep 1; done' &
                until [ -e %1$s ]; do sleep 0.01; done
                """.formatted(Behaviour.LEFT);
    }

    private static String garbage() {
        return """
                i=0
                while [ $i -lt 256 ]; do printf "\\\\$(printf %o $i)"; i=$((i + 1)); done
                printf '\\n{"type":"result","result":\\n{}\\n[1,2\\nnull\\n"text"\\n-0.0e+\\n{"type":null,"result":{"x":[]}}\\n'
                tr '\\0' '[' < /dev/zero | head -c 100000
                printf '\\n\\377\\376\\n'
                exit 0""";
    }
}
