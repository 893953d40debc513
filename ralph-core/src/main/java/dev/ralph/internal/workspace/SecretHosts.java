/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import dev.ralph.ConfigurationException;
import dev.ralph.workspace.GitRemote;
import dev.ralph.workspace.GitWorkspaceProvider;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which secret may be sent to which hosts, as the node's configuration says: whoever submits a run names a secret and a
 * remote, and must not have any secret of the node sent wherever they like.
 *
 * @param byName the origins, such as {@code https://git.example.com:443}, by the name of a secret
 */
record SecretHosts(Map<String, Set<String>> byName) {

    private static final String HOST = "(?:[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]+])";
    private static final Pattern BINDING = Pattern.compile(
            "(?<name>[^@,\\s]+)@(?:(?<scheme>(?i)https?)://)?(?<host>" + HOST + ")(?::(?<port>\\d{1,5}))?");

    /** Stricter than URLs are: what git could read in another way than this code has no origin. */
    private static final Pattern REMOTE =
            Pattern.compile("(?<scheme>(?i)https?)://(?<host>" + HOST + ")(?::(?<port>\\d{1,5}))?(?:/.*)?");

    SecretHosts {
        byName = Map.copyOf(byName);
    }

    /**
     * Reads {@code NAME@host,NAME@host:port,NAME@http://host}. Without {@code http://} a host is one for HTTPS.
     *
     * @throws ConfigurationException if the text is not of this form
     */
    static SecretHosts parse(String text) {
        Map<String, Set<String>> byName = new HashMap<>();
        for (String part : text.split(",", -1)) {
            Matcher binding = BINDING.matcher(part.strip());
            if (!part.isBlank() && !binding.matches()) {
                throw new ConfigurationException(GitWorkspaceProvider.SECRETS + " has '" + part.strip()
                        + "', which binds no secret to a host; write NAME@host, NAME@host:port or NAME@http://host");
            }
            if (!part.isBlank()) {
                byName.computeIfAbsent(binding.group("name"), name -> new HashSet<>())
                        .add(origin(binding));
            }
        }
        return new SecretHosts(byName);
    }

    /**
     * The scheme and authority of a remote to which its secret may be sent, as the remote has them.
     *
     * @throws ConfigurationException if it may not be sent there
     */
    String require(GitRemote remote) {
        String name = String.valueOf(remote.secret());
        Matcher url = REMOTE.matcher(remote.remote());
        if (!url.matches()) {
            throw new ConfigurationException("the remote " + remote.remote()
                    + " is no plain http(s)://host[:port]/path, so that no secret is sent to it; write it that way");
        }
        if (!byName.getOrDefault(name, Set.of()).contains(origin(url))) {
            String scheme = url.group("scheme").toLowerCase(Locale.ROOT);
            String authority = url.group("host")
                    + Optional.ofNullable(url.group("port"))
                            .map(port -> ":" + port)
                            .orElse("");
            throw new ConfigurationException(
                    "the secret '" + name + "' is not to be sent to " + scheme + "://" + authority
                            + " by this node; if it belongs to that host, add "
                            + name + "@" + (scheme.equals("https") ? "" : scheme + "://") + authority + " to "
                            + GitWorkspaceProvider.SECRETS + " in the node's configuration");
        }
        return remote.remote().substring(0, url.end(url.group("port") == null ? "host" : "port"));
    }

    private static String origin(Matcher url) {
        String scheme =
                url.group("scheme") == null ? "https" : url.group("scheme").toLowerCase(Locale.ROOT);
        String port = url.group("port");
        int number = port == null ? (scheme.equals("https") ? 443 : 80) : Integer.parseInt(port);
        return scheme + "://" + url.group("host").toLowerCase(Locale.ROOT) + ":" + number;
    }
}
