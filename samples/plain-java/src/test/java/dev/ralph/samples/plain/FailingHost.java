/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain;

import dev.ralph.log.Redaction;
import dev.ralph.samples.plain.log.LogSettings;
import dev.ralph.samples.plain.log.LogUse;
import dev.ralph.samples.plain.log.Logs;
import dev.ralph.spi.Secret;
import java.util.List;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** A process that logs what this program logs, and an error with secrets in it, and ends. */
final class FailingHost {

    private FailingHost() {}

    public static void main(String[] secrets) {
        Logs.start(LogSettings.read(LogUse.WORKING));
        Logs.mask(Redaction.of(List.of(new Secret("HANDED_OUT", secrets[0]))));
        MDC.put("ralph.run", "a run");
        String hostile = String.join(" ", secrets);
        LoggerFactory.getLogger("dev.ralph.steps").info("what led to it");
        LoggerFactory.getLogger("dev.ralph.test")
                .error("it broke: {}", hostile, new IllegalStateException("401 for " + hostile));
        System.exit(0);
    }
}
