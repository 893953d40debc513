/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agent.cli;

import dev.ralph.internal.worker.Redactor;
import dev.ralph.process.Environment;
import dev.ralph.spi.AgentOutcome;
import dev.ralph.spi.Secret;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The environment of one launch, and which of its values are secrets: programs print what they are given, and a message
 * must not carry it on. Immutable.
 */
public final class LaunchEnvironment {

    /** What a program needs to find its way, and nothing that is likely to hold a secret. */
    public static final List<String> BASIC = List.of("PATH", "HOME", "USER", "LANG", "LC_*", "TZ", "TMPDIR", "TERM");

    private static final String MASK = "[redacted]";

    private final Environment environment;
    private final Map<String, Secret> secrets;

    private LaunchEnvironment(Environment environment, Map<String, Secret> secrets) {
        this.environment = environment;
        this.secrets = Map.copyOf(secrets);
    }

    /**
     * Begins with variables of this JVM's own environment.
     *
     * @param patterns names, or beginnings of names followed by {@code *}
     * @throws dev.ralph.InvalidValueException if a pattern is neither
     */
    public static LaunchEnvironment inheriting(List<String> patterns) {
        return inheriting(patterns, System.getenv());
    }

    /** As {@link #inheriting(List)}, from a given environment. */
    public static LaunchEnvironment inheriting(List<String> patterns, Map<String, String> host) {
        return new LaunchEnvironment(Environment.allowing(patterns, host), Map.of());
    }

    /**
     * Adds or replaces variables that anybody may see.
     *
     * @throws dev.ralph.InvalidValueException as {@link Environment#with(String, String)} does
     */
    public LaunchEnvironment with(Map<String, String> variables) {
        return new LaunchEnvironment(environment.with(variables), secrets);
    }

    /**
     * Adds or replaces a variable that holds a secret.
     *
     * @throws dev.ralph.InvalidValueException as {@link Environment#with(String, String)} does
     */
    public LaunchEnvironment with(String variable, Secret secret) {
        Map<String, Secret> more = new LinkedHashMap<>(secrets);
        more.put(variable, secret);
        return new LaunchEnvironment(environment.with(variable, secret.reveal()), more);
    }

    /** All of it, secrets included: for the process, and for nothing else. */
    public Environment environment() {
        return environment;
    }

    /** Whether a variable is set. */
    public boolean has(String variable) {
        return environment.variables().containsKey(variable);
    }

    /** The text with the secrets masked, also what is left of one where the text was cut. */
    public String masked(String text) {
        Redactor redactor = Redactor.ofValues();
        String masked = text;
        for (Secret secret : secrets.values()) {
            redactor.learn(secret);
            masked = masked.replace(secret.reveal(), MASK);
        }
        return redactor.redact(masked);
    }

    /** The outcome with the secrets masked in its message. A result is left as it is: the claim is looked for in it. */
    public AgentOutcome masked(AgentOutcome outcome) {
        return outcome instanceof AgentOutcome.Failed failed
                ? new AgentOutcome.Failed(
                        failed.failure(), masked(failed.message()), failed.retryAfter(), failed.usage())
                : outcome;
    }

    /** Names only, never values. */
    @Override
    public String toString() {
        return "LaunchEnvironment" + new TreeSet<>(environment.variables().keySet());
    }
}
