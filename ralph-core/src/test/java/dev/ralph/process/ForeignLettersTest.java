/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A JVM passes arguments in the encoding of its locale, so each case has a JVM of its own. */
@Tag("linux")
class ForeignLettersTest {

    @Test
    void lettersBeyondAsciiArriveIntact() throws Exception {
        assertThat(printedWith("C.UTF-8")).endsWith("intact");
    }

    @Test
    void whatTheLocaleCannotEncodeIsRefusedInsteadOfChanged() throws Exception {
        assertThat(printedWith("POSIX"))
                .contains("Argument 2 of the command has characters that this JVM cannot pass on in US-ASCII")
                .endsWith("start the JVM with LC_ALL=C.UTF-8 or another UTF-8 locale.");
    }

    private static String printedWith(String locale) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        HostJvm.java(), "-cp", HostJvm.joined(HostJvm.classPath()), ForeignLettersMain.class.getName())
                .redirectErrorStream(true);
        builder.environment().put("LC_ALL", locale);
        Process process = builder.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        process.waitFor();
        return printed;
    }
}
