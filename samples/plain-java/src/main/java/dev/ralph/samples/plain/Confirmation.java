/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain;

import dev.ralph.ConfigurationException;
import java.io.Console;
import org.jspecify.annotations.Nullable;

/** Asks somebody at a terminal before something that cannot be undone. */
final class Confirmation {

    private Confirmation() {}

    /**
     * Whether it is wanted.
     *
     * @param given whether that was said already
     * @throws ConfigurationException if it was not, and there is nobody to ask
     */
    @SuppressWarnings("SystemConsoleNull") // What a console without a terminal says is asked for, too.
    static boolean of(String question, boolean given) {
        if (given) {
            return true;
        }
        Console console = System.console();
        if (console == null || !isTerminal(console)) {
            throw new ConfigurationException(
                    "this cannot be undone, and there is no terminal to ask at; add --yes if it is wanted");
        }
        @Nullable String answer = console.readLine("%s Type yes to go on: ", question);
        return answer != null && answer.strip().equalsIgnoreCase("yes");
    }

    /** From Java 22 on there may be a console without a terminal; before, there is none then. */
    private static boolean isTerminal(Console console) {
        try {
            return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
