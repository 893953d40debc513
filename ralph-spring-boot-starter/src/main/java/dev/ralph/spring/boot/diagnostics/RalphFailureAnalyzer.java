/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spring.boot.diagnostics;

import dev.ralph.ConfigurationException;
import dev.ralph.InvalidValueException;
import dev.ralph.RalphException;
import dev.ralph.StoreUnavailableException;
import dev.ralph.spring.boot.properties.RalphSettings;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;

/** Tells why a start failed that Ralph's configuration made fail: the property, its value, where it stands, and the fix. */
@Order(Ordered.HIGHEST_PRECEDENCE + 100)
final class RalphFailureAnalyzer extends AbstractFailureAnalyzer<RalphException> {

    /** Names as the library writes them; in its messages fixes follow the first semicolon. */
    private static final Pattern NAME =
            Pattern.compile("\\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\\b|\\bralph\\.[a-z0-9.-]*[a-z0-9]\\b");

    private static final Pattern LIMIT = Pattern.compile("^limits\\.([a-zA-Z]+)");

    private static final String HOME = "dev.ralph.spring.boot.";

    private final @Nullable Environment environment;

    RalphFailureAnalyzer(@Nullable Environment environment) {
        this.environment = environment;
    }

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, RalphException cause) {
        boolean told = cause instanceof ConfigurationException
                || cause instanceof InvalidValueException
                || cause instanceof StoreUnavailableException;
        if (told && isOfStart(rootFailure)) {
            String message = inOurWords(String.valueOf(cause.getMessage()));
            int fix = message.indexOf("; ");
            String description =
                    "Ralph cannot start: " + (fix < 0 ? message : message.substring(0, fix)) + "." + origins(message);
            String action = fix < 0
                    ? "Correct the value, or remove it for the default; docs/spring.md lists every property."
                    : sentence(message.substring(fix + 2)) + ".";
            return new FailureAnalysis(description, action, cause);
        }
        return null;
    }

    /** What the application's own code does with the library is none of the configuration's fault. */
    private static boolean isOfStart(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .flatMap(thrown -> Arrays.stream(thrown.getStackTrace()))
                .anyMatch(RalphFailureAnalyzer::starts);
    }

    private static boolean starts(StackTraceElement frame) {
        return switch (frame.getClassName()) {
            case HOME + "HostedOrchestrator" -> frame.getMethodName().equals("start");
            case HOME + "RalphAutoConfiguration",
                    HOME + "RunRecovery",
                    HOME + "jdbc.RalphJdbcAutoConfiguration",
                    HOME + "redis.RalphRedisAutoConfiguration" -> true;
            default -> false;
        };
    }

    /** With the property's name where the library names its own. */
    private static String inOurWords(String message) {
        Matcher limit = LIMIT.matcher(message);
        String words = limit.find()
                ? "ralph."
                        + limit.group(1).replaceAll("([a-z])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT)
                        + message.substring(limit.end())
                : message.replaceFirst("^leases\\.ttl", "ralph.lease-ttl")
                        .replaceFirst("^leases\\.margin", "ralph.lease-margin")
                        .replaceFirst("^drainTimeout", "ralph.drain-timeout");
        Set<String> named =
                NAME.matcher(words).results().map(MatchResult::group).collect(Collectors.toSet());
        return NAME.matcher(words)
                .replaceAll(name -> Matcher.quoteReplacement(RalphSettings.propertyOf(name.group())
                        // A message that has both is about the two names.
                        .filter(property -> !named.contains(property))
                        .orElse(name.group())))
                .replace(" in the builder", "");
    }

    private String origins(String message) {
        Set<String> places = new LinkedHashSet<>();
        Matcher name = NAME.matcher(message);
        while (name.find()) {
            String property = name.group();
            origin(property).ifPresent(origin -> places.add(property + " is set in " + origin));
        }
        return places.isEmpty() ? "" : System.lineSeparator() + String.join(System.lineSeparator(), places);
    }

    private Optional<Origin> origin(String property) {
        return environment instanceof ConfigurableEnvironment sources
                ? sources.getPropertySources().stream()
                        .map(source -> OriginLookup.<String>getOrigin(source, property))
                        .filter(Objects::nonNull)
                        .findFirst()
                : Optional.empty();
    }

    private static String sentence(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
