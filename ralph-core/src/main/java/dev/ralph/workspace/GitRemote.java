/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.workspace;

import dev.ralph.ConfigurationException;
import dev.ralph.InvalidValueException;
import dev.ralph.WorkspaceRef;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A git remote as a workspace: every node that works the run makes a clone of its own, and checkpoints are pushed to
 * {@code refs/ralph/<run>/} of the remote, so that a run can go on on a node that has never seen it. The remote's branches
 * are never written. Immutable.
 *
 * @param remote a URL that git can fetch from and push to ({@code https}, {@code ssh}, {@code git}, {@code file}), the short
 *     form {@code user@host:path}, or an absolute path that is the same on every node; without credentials
 * @param branch the branch to begin from, or null for the remote's default
 * @param commit the full id of a commit on that branch to begin from, or null for its tip
 * @param directory the sub-directory the agent works in, with {@code /} between names, or null for the top
 * @param secret the name of a {@link dev.ralph.spi.SecretSource} secret that is the password or token for an HTTP remote,
 *     or null to leave that to git's credential helpers and to SSH. The configuration of every node that works the run must
 *     bind it to the remote's host: {@link GitWorkspaceProvider#SECRETS}
 * @param username the user that goes with the secret, or null for {@code git}
 */
public record GitRemote(
        String remote,
        @Nullable String branch,
        @Nullable String commit,
        @Nullable String directory,
        @Nullable String secret,
        @Nullable String username) {

    /** The {@link WorkspaceRef#type}. */
    public static final String TYPE = "git";

    private static final String REMOTE = "remote";
    private static final String BRANCH = "branch";
    private static final String COMMIT = "commit";
    private static final String DIRECTORY = "directory";
    private static final String SECRET = "secret";
    private static final String USERNAME = "username";
    private static final Set<String> NAMES = Set.of(REMOTE, BRANCH, COMMIT, DIRECTORY, SECRET, USERNAME);

    private static final Pattern URL = Pattern.compile("(?i)(https?|ssh|git|file)://[^\\p{Cntrl}]+");
    private static final Pattern SHORT_FORM =
            Pattern.compile("[^-/:\\p{Cntrl}][^/:\\p{Cntrl}]*:(?!:|//)[^\\p{Cntrl}]+");
    private static final Pattern HTTP = Pattern.compile("(?i)https?://.*");
    private static final Pattern NAME = Pattern.compile("[^-\\p{Cntrl}][^\\p{Cntrl} ~^:?*\\[\\\\]*");
    private static final Pattern ID = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

    /**
     * Checks the values; does not look at the remote.
     *
     * @throws InvalidValueException if one cannot be meant
     */
    public GitRemote {
        // Before anything that repeats the value: this one masks what it finds.
        new WorkspaceRef(TYPE, Map.of(REMOTE, remote));
        boolean named =
                URL.matcher(remote).matches() || SHORT_FORM.matcher(remote).matches() || isAbsolutePath(remote);
        if (!named) {
            throw new InvalidValueException(
                    "workspace.remote",
                    remote,
                    "is nothing a node could clone; give a URL (https, ssh, git, file), user@host:path or an absolute path");
        }
        if (branch != null && (!NAME.matcher(branch).matches() || branch.contains("..") || branch.endsWith("/"))) {
            throw new InvalidValueException("workspace.branch", branch, "is not the name of a branch, such as 'main'");
        }
        if (commit != null && !ID.matcher(commit).matches()) {
            throw new InvalidValueException(
                    "workspace.commit", commit, "is not a full commit id; 'git rev-parse' gives it");
        }
        if (directory != null) {
            Path path = Path.of(directory);
            if (directory.isBlank()
                    || path.isAbsolute()
                    || !path.normalize().equals(path)
                    || path.startsWith("..")
                    || path.startsWith(".git")) {
                throw new InvalidValueException(
                        "workspace.directory",
                        directory,
                        "is not a path below the top of the repository, such as 'app'");
            }
        }
        if (secret != null && !HTTP.matcher(remote).matches()) {
            throw new InvalidValueException(
                    "workspace.secret",
                    secret,
                    "is for HTTP remotes alone; SSH uses the agent or key files of the node");
        }
        if (username != null
                && (secret == null || username.isBlank() || username.chars().anyMatch(c -> c < 0x20))) {
            throw new InvalidValueException("workspace.username", username, "must be one line, and goes with a secret");
        }
    }

    /** The remote's default branch, at its tip. A relative path is taken from where this process was started. */
    public static GitRemote of(String remote) {
        boolean relative = !remote.isBlank()
                && !URL.matcher(remote).matches()
                && !remote.contains(":")
                && !isAbsolutePath(remote)
                && remote.charAt(0) != '-';
        return new GitRemote(
                relative ? Path.of(remote).toAbsolutePath().normalize().toString() : remote,
                null,
                null,
                null,
                null,
                null);
    }

    /**
     * Reads a reference.
     *
     * @throws ConfigurationException if a setting is missing, unknown or not text
     * @throws InvalidValueException if one cannot be meant
     */
    public static GitRemote of(WorkspaceRef ref) {
        for (String name : ref.settings().keySet()) {
            if (!NAMES.contains(name)) {
                throw new ConfigurationException("a workspace of the type 'git' has no setting '" + name
                        + "'; there are " + new TreeSet<>(NAMES));
            }
        }
        String remote = text(ref, REMOTE);
        if (remote == null) {
            throw new ConfigurationException("a workspace of the type 'git' needs the setting 'remote': what to clone");
        }
        return new GitRemote(
                remote,
                text(ref, BRANCH),
                text(ref, COMMIT),
                text(ref, DIRECTORY),
                text(ref, SECRET),
                text(ref, USERNAME));
    }

    public GitRemote withBranch(@Nullable String value) {
        return new GitRemote(remote, value, commit, directory, secret, username);
    }

    public GitRemote withCommit(@Nullable String value) {
        return new GitRemote(remote, branch, value, directory, secret, username);
    }

    public GitRemote withDirectory(@Nullable String value) {
        return new GitRemote(remote, branch, commit, value, secret, username);
    }

    /**
     * With the name of a secret for an HTTP remote. It reaches git through the environment, never a command line, and goes to
     * no host that {@link GitWorkspaceProvider#SECRETS} does not bind it to.
     *
     * @param user the user that goes with it, or null for {@code git}
     */
    public GitRemote withSecret(@Nullable String name, @Nullable String user) {
        return new GitRemote(remote, branch, commit, directory, name, user);
    }

    /** The reference that is stored with a run. */
    public WorkspaceRef ref() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put(REMOTE, remote);
        put(settings, BRANCH, branch);
        put(settings, COMMIT, commit);
        put(settings, DIRECTORY, directory);
        put(settings, SECRET, secret);
        put(settings, USERNAME, username);
        return new WorkspaceRef(TYPE, settings);
    }

    private static void put(Map<String, Object> settings, String name, @Nullable String value) {
        if (value != null) {
            settings.put(name, value);
        }
    }

    private static @Nullable String text(WorkspaceRef ref, String name) {
        Object value = ref.settings().get(name);
        if (value == null || value instanceof String) {
            return (String) value;
        }
        throw new ConfigurationException(
                "the setting '" + name + "' of a workspace of the type 'git' is " + value + ", but must be text");
    }

    private static boolean isAbsolutePath(String text) {
        return text.startsWith("/") && text.chars().noneMatch(Character::isISOControl);
    }
}
