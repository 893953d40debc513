/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.secret;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SpansTest {

    private static final String TEXT = "0123456789";

    @Test
    void placesThatOverlapAreOneOnceMergedAndThoseThatTouchAreNot() {
        Spans spans = new Spans();
        spans.add(6, 8);
        spans.add(1, 3);
        spans.add(2, 4);
        spans.add(4, 5);
        spans.add(1, 2);

        assertThat(spans.merged().replacedIn(TEXT, "-")).isEqualTo("0--5-89");
        assertThat(spans.merged().replacedIn(TEXT, "-")).isEqualTo(spans.replacedIn(TEXT, "-"));
    }

    @Test
    void ofNoneThereIsNone() {
        assertThat(new Spans().merged().replacedIn(TEXT, "-")).isEqualTo(TEXT);
    }
}
