/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import dev.ralph.WorkspaceException;
import dev.ralph.WorkspaceException.Problem;
import dev.ralph.spi.SecretSource;
import dev.ralph.workspace.GitRemote;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Talks to a git remote: lists, fetches, pushes. Nothing is asked of people, no hook runs, and of the repository's own
 * configuration nothing is read; the user's is, since credential helpers, proxies and certificates are in it.
 */
final class RemoteGit {

    private static final List<String> INHERITED = List.of(
            "SSH_AUTH_SOCK",
            "SSH_AGENT_PID",
            "GIT_SSH",
            "GIT_SSH_COMMAND",
            "GIT_SSL_CAINFO",
            "GIT_SSL_CAPATH",
            "SSL_CERT_FILE",
            "SSL_CERT_DIR",
            "GIT_CONFIG_GLOBAL",
            "GIT_CONFIG_SYSTEM",
            "GIT_CONFIG_NOSYSTEM",
            "http_proxy",
            "https_proxy",
            "HTTPS_PROXY",
            "all_proxy",
            "ALL_PROXY",
            "no_proxy",
            "NO_PROXY");
    private static final String PROTOCOLS = "file:git:http:https:ssh";

    private final GitRemote remote;
    private final SecretSource secrets;
    private final SecretHosts hosts;
    private final GitRunner git;
    private final Duration timeout;

    RemoteGit(GitRemote remote, SecretSource secrets, SecretHosts hosts, GitRunner git, Duration timeout) {
        this.remote = remote;
        this.secrets = secrets;
        this.hosts = hosts;
        this.git = git;
        this.timeout = timeout;
    }

    /**
     * What a remote has.
     *
     * @param ids commits by the full name of their reference, {@code HEAD} among them
     * @param defaultBranch the full name of the branch that {@code HEAD} is, or empty
     */
    record Listing(Map<String, String> ids, String defaultBranch) {

        boolean sha256() {
            return ids.values().stream().anyMatch(id -> id.length() == 64);
        }
    }

    /**
     * Lists {@code HEAD} and the references that match, from a new folder within the directory: git looks for a repository
     * where it stands and above, and would read the configuration of what an agent made there.
     */
    Listing list(Path directory, List<String> patterns) throws InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("ls-remote", "--symref", remote.remote(), "HEAD"));
        arguments.addAll(patterns);
        Map<String, String> ids = new TreeMap<>();
        String defaultBranch = "";
        for (String line : outsideRepositories(directory, arguments).complete()) {
            // "<id>\t<name>", and "ref: <branch>\tHEAD".
            String[] parts = line.split("\t", 2);
            if (parts.length == 2 && parts[0].startsWith("ref: ") && parts[1].equals("HEAD")) {
                defaultBranch = parts[0].substring("ref: ".length());
            } else if (parts.length == 2) {
                ids.put(parts[1], parts[0]);
            }
        }
        return new Listing(ids, defaultBranch);
    }

    private GitOutput outsideRepositories(Path directory, List<String> arguments) throws InterruptedException {
        Path folder = PrivateFiles.makeDirectory(directory.resolve("list-" + UUID.randomUUID()));
        try {
            Path real = folder.toRealPath();
            return run(real, arguments, Map.of("GIT_CEILING_DIRECTORIES", String.valueOf(real.getParent())));
        } catch (IOException e) {
            throw new WorkspaceException(Problem.IO, "The directory " + folder + " cannot be used (" + e + ").", e);
        } finally {
            PrivateFiles.deleteTree(folder);
        }
    }

    /**
     * Fetches into an area.
     *
     * @param have a commit that the clone has from the remote, so that only what came since is sent; or empty
     */
    void fetch(TransferArea area, List<String> refspecs, String have) throws InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(
                "fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--no-auto-gc", "--recurse-submodules=no"));
        if (!have.isEmpty()) {
            arguments.add("--negotiation-tip=" + have);
        }
        arguments.add(remote.remote());
        arguments.addAll(refspecs);
        run(area.tree(), arguments, area.environment());
    }

    /** Pushes from an area. */
    void push(TransferArea area, List<String> refspecs) throws InterruptedException {
        push(area.tree(), refspecs, area.environment());
    }

    /** Deletes references. */
    void delete(TransferArea area, List<String> references) throws InterruptedException {
        push(area.tree(), references.stream().map(reference -> ":" + reference).toList(), area.environment());
    }

    private void push(Path directory, List<String> refspecs, Map<String, String> environment)
            throws InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(
                "push", "--quiet", "--no-verify", "--no-signed", "--no-follow-tags", "--recurse-submodules=no"));
        arguments.add(remote.remote());
        arguments.addAll(refspecs);
        run(directory, arguments, environment);
    }

    private GitOutput run(Path directory, List<String> arguments, Map<String, String> environment)
            throws InterruptedException {
        RemoteCredentials credentials = RemoteCredentials.of(remote, secrets, hosts);
        List<String> all = new ArrayList<>();
        for (String setting : credentials.settings()) {
            all.add("-c");
            all.add(setting);
        }
        all.addAll(arguments);
        GitCommand command = GitGuards.command(directory, all, environment(environment, credentials), "", timeout);
        GitOutput output;
        try {
            output = git.run(command);
        } catch (WorkspaceException e) {
            if (e.problem() == Problem.GIT_TIMEOUT) {
                throw unreachable(arguments.get(0), "did not end within " + timeout, e);
            }
            throw e;
        }
        if (!output.succeeded()) {
            String said = credentials.masked(output.errors().strip());
            throw unreachable(arguments.get(0), "ended with exit code " + output.exitCode() + ": " + said, null);
        }
        return output;
    }

    private static Map<String, String> environment(Map<String, String> own, RemoteCredentials credentials) {
        Map<String, String> environment = new HashMap<>();
        for (String name : INHERITED) {
            String value = System.getenv(name);
            if (value != null) {
                environment.put(name, value);
            }
        }
        environment.putAll(own);
        environment.putAll(credentials.environment());
        environment.put("GIT_ALLOW_PROTOCOL", PROTOCOLS);
        // SSH asks nobody, whatever terminal this process has.
        environment.put("SSH_ASKPASS_REQUIRE", "force");
        return environment;
    }

    private WorkspaceException unreachable(String what, String why, @Nullable Throwable cause) {
        return new WorkspaceException(
                Problem.UNREACHABLE,
                "The remote " + remote.remote() + " cannot be reached, or refuses: 'git " + what + "' " + why
                        + ". Check that it is there, that this node may read it, and that it accepts pushes to refs/ralph.",
                cause);
    }
}
