/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.worker;

import dev.ralph.internal.output.Mask;
import dev.ralph.internal.secret.KnownSecrets;
import dev.ralph.internal.secret.ShapeScan;
import dev.ralph.internal.secret.Spans;
import dev.ralph.log.Redaction;
import dev.ralph.spi.Secret;
import java.util.function.UnaryOperator;

/**
 * Masks secrets wherever text leaves plug-ins: the values of those that were handed out to them and, unless the host does
 * not want it, what has the shape of one. Texts are cut to a length before they get here, so what a cut left of a secret is
 * masked as well, as far as it can be recognised. Thread-safe.
 */
public final class Redactor implements Mask, Redaction {

    private final KnownSecrets known = new KnownSecrets();
    private final boolean shapes;

    private Redactor(boolean shapes) {
        this.shapes = shapes;
    }

    /** Masks the values it is told of, and nothing else. */
    public static Redactor ofValues() {
        return new Redactor(false);
    }

    /** Masks what has the shape of a secret, too. */
    public static Redactor ofValuesAndShapes() {
        return new Redactor(true);
    }

    /** From now on, this secret's value is masked. */
    public void learn(Secret secret) {
        known.learn(secret);
    }

    @Override
    public String mask(String text) {
        return redact(text);
    }

    /** The text with every secret masked. */
    public String redact(String text) {
        return redact(text, new ShapeScan());
    }

    /** Masks texts one after the other; a private key may begin in one and end in another. Not thread-safe. */
    UnaryOperator<String> oneByOne() {
        ShapeScan scan = new ShapeScan();
        return text -> {
            String redacted = redact(text, scan);
            if (!text.endsWith("\n")) {
                scan.endLine();
            }
            return redacted;
        };
    }

    @Override
    public Channel channel() {
        return new RedactedChannel(known, shapes);
    }

    private String redact(String text, ShapeScan scan) {
        Spans hidden = new Spans();
        known.find(text, hidden);
        known.findCut(text, hidden);
        if (shapes) {
            scan.scan(text, true, hidden);
        }
        return hidden.replacedIn(text, HIDDEN);
    }
}
