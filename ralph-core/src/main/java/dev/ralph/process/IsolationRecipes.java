/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Knows the command lines of each mechanism. Whether one works here shows when it is tried. */
final class IsolationRecipes {

    private final HostTools tools;
    private final boolean root;

    IsolationRecipes(HostTools tools, boolean root) {
        this.tools = tools;
        this.root = root;
    }

    /**
     * The ways to use a mechanism.
     *
     * @param variants what to try, in order
     * @param problem why there is nothing to try, or null
     */
    record Recipe(List<Isolation> variants, @Nullable String problem) {

        static Recipe impossible(String problem) {
            return new Recipe(List.of(), problem);
        }
    }

    Recipe of(ContainmentMechanism mechanism) {
        if (mechanism == ContainmentMechanism.HANDLES) {
            return new Recipe(List.of(new Isolation(mechanism, List.of())), null);
        }
        List<String> needed = new ArrayList<>(List.of("sh", "sleep", "rm"));
        if (mechanism.level() != ContainmentLevel.BEST_EFFORT) {
            needed.addAll(List.of("setsid", "grep"));
        }
        List<String> missing =
                needed.stream().filter(tool -> tools.find(tool).isEmpty()).toList();
        if (!missing.isEmpty()) {
            return Recipe.impossible("not installed: " + String.join(", ", missing));
        }
        return switch (mechanism) {
            case BWRAP -> bubblewrap();
            case UNSHARE -> unshare();
            case MARKER -> marker();
            case GROUP, HANDLES -> new Recipe(List.of(new Isolation(mechanism, List.of())), null);
        };
    }

    private Recipe bubblewrap() {
        Optional<Path> bwrap = tools.find("bwrap");
        if (bwrap.isEmpty()) {
            return Recipe.impossible("bwrap is not installed");
        }
        List<String> command = List.of(
                tool("setsid"),
                bwrap.get().toString(),
                "--die-with-parent",
                "--unshare-pid",
                "--as-pid-1",
                "--dev-bind",
                "/",
                "/",
                "--proc",
                "/proc",
                "--");
        return new Recipe(List.of(new Isolation(ContainmentMechanism.BWRAP, command)), null);
    }

    private Recipe unshare() {
        Optional<Path> unshare = tools.find("unshare");
        if (unshare.isEmpty()) {
            return Recipe.impossible("unshare is not installed");
        }
        List<Isolation> variants = new ArrayList<>();
        if (root) {
            variants.add(unshare(unshare.get(), List.of()));
        }
        variants.add(unshare(unshare.get(), List.of("--user", "--map-current-user")));
        return new Recipe(variants, null);
    }

    private Isolation unshare(Path unshare, List<String> options) {
        List<String> command = new ArrayList<>(List.of(tool("setsid")));
        // unshare itself outlives the JVM; with this the kernel ends it even if nothing reads the control pipe.
        tools.find("setpriv")
                .ifPresent(setpriv -> command.addAll(List.of(setpriv.toString(), "--pdeathsig", "KILL", "--")));
        command.add(unshare.toString());
        command.addAll(options);
        command.addAll(List.of("--pid", "--fork", "--kill-child", "--mount-proc", "--"));
        return new Isolation(ContainmentMechanism.UNSHARE, command);
    }

    private Recipe marker() {
        return Files.isReadable(Path.of("/proc/self/environ"))
                ? new Recipe(List.of(new Isolation(ContainmentMechanism.MARKER, List.of(tool("setsid")))), null)
                : Recipe.impossible("there is no /proc with the environment of processes");
    }

    private String tool(String name) {
        return tools.find(name).orElseThrow().toString();
    }
}
