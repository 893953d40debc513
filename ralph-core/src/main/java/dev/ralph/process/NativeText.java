/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.process;

import dev.ralph.process.ProcessStartException.Reason;
import java.nio.charset.Charset;

/** Refuses text that the JVM would hand to a process with question marks in it. */
final class NativeText {

    private static final int FIRST_WITH_JNU_ENCODING = 18;

    private final Charset charset;

    NativeText(Charset charset) {
        this.charset = charset;
    }

    static NativeText ofThisJvm() {
        return new NativeText(
                Runtime.version().feature() < FIRST_WITH_JNU_ENCODING
                        ? Charset.defaultCharset()
                        : Charset.forName(System.getProperty("sun.jnu.encoding")));
    }

    void check(ProcessSpec spec) {
        for (int index = 0; index < spec.command().size(); index++) {
            check("Argument " + index + " of the command", spec.command().get(index));
        }
        spec.environment().forEach((name, value) -> check("Environment variable " + name, value));
    }

    private void check(String what, String text) {
        if (!charset.newEncoder().canEncode(text)) {
            throw new ProcessStartException(
                    Reason.OTHER,
                    what + " has characters that this JVM cannot pass on in " + charset
                            + "; start the JVM with LC_ALL=C.UTF-8 or another UTF-8 locale.");
        }
    }
}
