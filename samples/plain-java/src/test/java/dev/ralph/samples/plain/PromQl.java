/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What an expression of Prometheus mentions. Knows as much of the language as the bundle uses. */
final class PromQl {

    private static final Pattern STRING = Pattern.compile("\"[^\"]*\"");
    private static final Pattern SELECTOR = Pattern.compile("\\{([^}]*)}");
    private static final Pattern RANGE = Pattern.compile("\\[[^]]*]");
    private static final Pattern LABEL_LIST = Pattern.compile("\\b(?:by|on|without|ignoring)\\s*\\(([^)]*)\\)");
    private static final Pattern MATCHER = Pattern.compile("([A-Za-z_]\\w*)\\s*[=!]");
    private static final Pattern NAME = Pattern.compile("(?<![\\w:])[A-Za-z_:][\\w:]*(?!\\s*\\()(?![\\w:])");
    private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool", "by", "on", "offset");

    private final String expression;

    PromQl(String expression) {
        this.expression = STRING.matcher(expression).replaceAll("\"\"");
    }

    /** The names of metrics. */
    Set<String> metrics() {
        String bare = LABEL_LIST.matcher(expression).replaceAll(" ");
        bare = SELECTOR.matcher(bare).replaceAll(" ");
        bare = RANGE.matcher(bare).replaceAll(" ");
        return NAME.matcher(bare)
                .results()
                .map(MatchResult::group)
                .filter(name -> !WORDS.contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The labels it selects and groups by. */
    Set<String> labels() {
        Stream<String> selected = SELECTOR.matcher(expression)
                .results()
                .flatMap(selector -> MATCHER.matcher(selector.group(1)).results())
                .map(matcher -> matcher.group(1));
        Stream<String> grouped = LABEL_LIST
                .matcher(expression)
                .results()
                .flatMap(list -> Arrays.stream(list.group(1).split(",")))
                .map(String::strip);
        return Stream.concat(selected, grouped).collect(Collectors.toCollection(TreeSet::new));
    }
}
