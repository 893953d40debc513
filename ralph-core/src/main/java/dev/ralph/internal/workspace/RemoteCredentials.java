/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import dev.ralph.ConfigurationException;
import dev.ralph.spi.SecretSource;
import dev.ralph.workspace.GitRemote;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * How a secret reaches git: in variables of the one process that needs it, read by a credential helper that answers for the
 * remote's own host and no other. Without a secret, git's own helpers and SSH are asked.
 *
 * @param settings for git's command line; they name the variables
 * @param environment the variables
 */
record RemoteCredentials(List<String> settings, Map<String, String> environment) {

    private static final String USER = "RALPH_REMOTE_USER";
    private static final String PASSWORD = "RALPH_REMOTE_PASSWORD";
    private static final String HELPER = "!f() { test \"$1\" = get || exit 0;"
            + " printf 'username=%s\\npassword=%s\\n' \"$" + USER + "\" \"$" + PASSWORD + "\"; }; f";
    private static final Pattern USER_INFO = Pattern.compile("://[^/\\s]*@");

    /**
     * Looks the secret up.
     *
     * @param hosts to which hosts it may be sent
     * @throws ConfigurationException if it may not be sent to the remote, or nobody has it
     */
    static RemoteCredentials of(GitRemote remote, SecretSource secrets, SecretHosts hosts) {
        if (remote.secret() == null) {
            return new RemoteCredentials(List.of(), Map.of());
        }
        // Before the look-up: nobody is to learn either which secrets there are.
        String host = hosts.require(remote);
        String value = secrets.find(remote.secret())
                .orElseThrow(() -> new ConfigurationException(
                        "the secret '" + remote.secret() + "' for the remote " + remote.remote()
                                + " is not there; set it in the environment or in a secret source of this node"))
                .reveal();
        if (value.chars().anyMatch(c -> c < 0x20)) {
            throw new ConfigurationException(
                    "the secret '" + remote.secret() + "' has more than one line, and cannot be a password or token");
        }
        return new RemoteCredentials(
                List.of("credential.helper=", "credential." + host + ".helper=" + HELPER),
                Map.of(USER, remote.username() == null ? "git" : remote.username(), PASSWORD, value));
    }

    /** What git printed, without what must not be shown. */
    String masked(String text) {
        String without = USER_INFO.matcher(text).replaceAll("://***@");
        String password = environment.get(PASSWORD);
        return password == null ? without : without.replace(password, "***");
    }
}
