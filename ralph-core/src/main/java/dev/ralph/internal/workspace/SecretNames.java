/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.workspace;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Tells by its name whether a file may hold a secret. A directory with such a name covers all that is in it. */
final class SecretNames {

    private final Pattern anyName;
    private final List<String> gitArguments;

    SecretNames(List<String> patterns) {
        StringBuilder alternatives = new StringBuilder("(?s)(?:^|.*/)(?:(?!)");
        List<String> arguments = new ArrayList<>();
        for (String pattern : patterns) {
            alternatives.append('|').append(regex(pattern));
            arguments.add("-x");
            arguments.add(anyCase(pattern));
        }
        this.anyName = Pattern.compile(alternatives + ")(?:/.*)?$", Pattern.CASE_INSENSITIVE);
        this.gitArguments = List.copyOf(arguments);
    }

    boolean matches(GitPath path) {
        return anyName.matcher(path.bytes()).matches();
    }

    /** Options that make {@code git ls-files} treat exactly these names as ignored. */
    List<String> gitArguments() {
        return gitArguments;
    }

    private static String regex(String pattern) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            switch (c) {
                case '*' -> regex.append("[^/]*");
                case '?' -> regex.append("[^/]");
                default -> regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return regex.toString();
    }

    private static String anyCase(String pattern) {
        StringBuilder glob = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (Character.isLetter(c)) {
                glob.append('[')
                        .append(Character.toLowerCase(c))
                        .append(Character.toUpperCase(c))
                        .append(']');
            } else {
                glob.append(c);
            }
        }
        return glob.toString();
    }
}
