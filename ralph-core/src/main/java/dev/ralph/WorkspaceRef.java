/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph;

import dev.ralph.workspace.GitRemote;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where a run works, as it is stored with the run: enough for any node to find the place, or to make it again.
 *
 * @param type the kind of workspace, {@code directory} for one
 * @param settings what that kind needs: strings, numbers, booleans, lists and maps of these. They are stored and shown, so
 *     never secrets: a URL with a password or token in it, however deep, is refused
 */
public record WorkspaceRef(String type, Map<String, Object> settings) {

    /** A directory that has the same path on every node that works the run. */
    public static final String DIRECTORY = "directory";

    private static final String PATH = "path";

    /** In {@code scheme://user:password@host}, and for HTTP in {@code scheme://user@host}: tokens are given as users there. */
    private static final Pattern CREDENTIALS =
            Pattern.compile("(?i)(https?://)[^/\\s]*@|([a-z][a-z0-9+.-]*://)[^/\\s]*:[^/\\s]*@");

    /** In {@code scheme://host/path?access_token=value}. */
    private static final Pattern PARAMETER = Pattern.compile("(?i)([?&;#][a-z0-9_.-]*"
            + "(?:token|passw(?:or)?d|passphrase|pwd|secret|api[_-]?key|access[_-]?key|credential|signature)"
            + "[a-z0-9_.-]*=)[^&;#\\s]+");

    /**
     * Checks the values.
     *
     * @throws InvalidValueException if the type is blank, a setting is not of the types above, or has a URL with
     *     credentials in it
     */
    public WorkspaceRef {
        Check.storable("workspace.type", Check.notBlank("workspace.type", type));
        settings = Settings.copyOf("workspace.settings", settings);
        refuseCredentials("workspace.settings", settings);
    }

    /**
     * A directory. A relative one is taken from where this process was started.
     *
     * @param directory must exist when the run is submitted
     */
    public static WorkspaceRef directory(Path directory) {
        return new WorkspaceRef(
                DIRECTORY, Map.of(PATH, directory.toAbsolutePath().normalize().toString()));
    }

    /**
     * A clone of a git remote that every node makes for itself, so that the run may move between nodes: the remote's
     * default branch. {@link GitRemote} says what else there is to choose.
     *
     * @param remote what to clone: a URL without credentials, {@code user@host:path}, or a path that is the same on every
     *     node
     * @throws InvalidValueException if it is none of these
     */
    public static WorkspaceRef git(String remote) {
        return GitRemote.of(remote).ref();
    }

    /** The directory, if this is one. */
    public Optional<Path> path() {
        return type.equals(DIRECTORY) && settings.get(PATH) instanceof String path
                ? Optional.of(Path.of(path))
                : Optional.empty();
    }

    /** What people call it: the path of a directory, else its type and settings. */
    public String describe() {
        return path().map(Path::toString)
                .orElseGet(() -> settings.entrySet().stream()
                        .map(setting -> setting.getKey() + "=" + setting.getValue())
                        .collect(Collectors.joining(" ", type + " ", "")));
    }

    private static void refuseCredentials(String field, Object value) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, item) -> {
                refuseCredentials(field, String.valueOf(name));
                refuseCredentials(field + "." + name, item);
            });
        } else if (value instanceof Iterable<?> items) {
            items.forEach(item -> refuseCredentials(field + "[]", item));
        } else if (value instanceof String text && !masked(text).equals(text)) {
            throw new InvalidValueException(
                    field,
                    masked(text),
                    "has credentials in it, and settings are stored and shown; leave them out and use an SSH agent, git's"
                            + " credential helper, or the name of a secret");
        }
    }

    private static String masked(String text) {
        String withoutUser = CREDENTIALS.matcher(text).replaceAll("$1$2***@");
        return text.contains("://") ? PARAMETER.matcher(withoutUser).replaceAll("$1***") : withoutUser;
    }
}
