/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.process;

import dev.ralph.process.ContainmentReport.Attempt;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Chooses a mechanism by running something in it that tries to get away, and looking whether it got away. */
final class ContainmentProbe {

    private static final int EXIT_CODE = 7;

    /**
     * Leaves a process behind that left the session ($1 is setsid, or empty) and tells its own id, its supervisor's, and
     * what /proc takes it for.
     */
    private static final String SCRIPT =
            "read -r word; stat=none; [ ! -r /proc/self/stat ] || read -r stat </proc/self/stat;"
                    + " ${1:+\"$1\"} \"$2\" 30 >/dev/null 2>&1 & echo \"$word $$ ${stat%% *} $PPID $!\"; exit "
                    + EXIT_CODE;

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final ProcessStarter starter;
    private final IsolationRecipes recipes;
    private final HostTools tools;
    private final Path directory;

    ContainmentProbe(ProcessStarter starter, IsolationRecipes recipes, HostTools tools, Path directory) {
        this.starter = starter;
        this.recipes = recipes;
        this.tools = tools;
        this.directory = directory;
    }

    record Finding(Isolation isolation, ContainmentReport report) {}

    Finding choose(Containment containment) {
        List<Attempt> attempts = new ArrayList<>();
        for (ContainmentMechanism mechanism : containment.candidates()) {
            IsolationRecipes.Recipe recipe = recipes.of(mechanism);
            String problem = recipe.problem();
            for (Isolation isolation : recipe.variants()) {
                problem = tryOut(isolation);
                if (problem != null) {
                    // A host that is busy just now may bury a killed process late: what works is not lost for that.
                    problem = tryOut(isolation);
                }
                if (problem == null) {
                    attempts.add(new Attempt(mechanism, null));
                    return new Finding(isolation, report(mechanism, attempts));
                }
            }
            attempts.add(new Attempt(mechanism, problem));
        }
        throw new ContainmentException("No containment that may be used works on this host: " + describe(attempts)
                + ". Install bubblewrap and allow it user namespaces, or allow a weaker containment.");
    }

    private @Nullable String tryOut(Isolation isolation) {
        if (isolation.mechanism() == ContainmentMechanism.HANDLES) {
            return null;
        }
        ProcessSpec spec = ProcessSpec.builder(
                        tool("sh"), "-c", SCRIPT, "probe", isolation.ownSession() ? tool("setsid") : "", tool("sleep"))
                .directory(directory)
                .input(ProcessInput.text("word\n"))
                .timeouts(new ProcessTimeouts(LIMIT, LIMIT, Duration.ZERO))
                .build();
        try {
            ContainedProcess process = starter.start(isolation, spec, ProcessListener.none(), Duration.ZERO);
            process.awaitEnd();
            return judge(isolation, process.marker(), process.onExit().join());
        } catch (ProcessStartException e) {
            return e.getMessage();
        }
    }

    private static @Nullable String judge(Isolation isolation, String marker, ProcessExit exit) {
        String printed = exit.stdout().head().strip();
        String[] words = printed.split(" ", -1);
        if (exit.end() != ProcessEnd.EXITED
                || !exit.exitCode().equals(OptionalInt.of(EXIT_CODE))
                || words.length != 5
                || !words[0].equals("word")) {
            return "a trial run ended as " + exit.end() + " " + exit.exitCode() + " and printed '" + printed + "' and '"
                    + exit.stderr().head().strip() + "'";
        }
        if (isolation.mechanism().level() == ContainmentLevel.PID_NAMESPACE
                && !(words[1].equals(words[2]) && words[3].equals("1"))) {
            return "a trial run was not in a PID namespace of its own, or saw another one's /proc";
        }
        boolean survived = isolation.ownSession()
                ? !new MarkedProcesses(marker).alive().isEmpty()
                : ProcessHandle.of(Long.parseLong(words[4]))
                        .filter(ObservedProcesses::isRunning)
                        .isPresent();
        return survived ? "a process survived a trial run" : null;
    }

    private static ContainmentReport report(ContainmentMechanism mechanism, List<Attempt> attempts) {
        String limitation = switch (mechanism) {
            case BWRAP, UNSHARE -> null;
            case MARKER ->
                "A process that leaves its session and clears its environment, or changes its user, survives.";
            case GROUP -> "A process that leaves its process group after its parent ended survives.";
            case HANDLES ->
                "A process whose parent ended survives, and everything survives a JVM that is killed or stopped.";
        };
        String fix = limitation == null
                ? null
                : "Run on Linux with bubblewrap installed and user namespaces allowed. Tried: " + describe(attempts);
        return new ContainmentReport(mechanism, attempts, limitation, fix);
    }

    private static String describe(List<Attempt> attempts) {
        return attempts.stream()
                .map(attempt -> attempt.mechanism() + " (" + (attempt.usable() ? "works" : attempt.problem()) + ")")
                .collect(Collectors.joining(", "));
    }

    private String tool(String name) {
        return tools.find(name).orElseThrow().toString();
    }
}
