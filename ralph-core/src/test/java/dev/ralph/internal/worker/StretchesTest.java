/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.internal.worker.Stretches.Stretch;
import org.junit.jupiter.api.Test;

class StretchesTest {

    private final Stretches stretches = new Stretches();

    @Test
    void whatIsHeardWhileTheNodeWorksMovesOn() {
        stretches.begin(3);
        stretches.heard(4);
        stretches.heard(5);

        assertThat(stretches.first()).isEqualTo(new Stretch(5, Stretches.OPEN));
    }

    @Test
    void aStretchThatIsHeardToItsEndIsGoneAtOnce() {
        stretches.begin(0);
        stretches.heard(7);
        stretches.end(7);

        assertThat(stretches.isEmpty()).isTrue();
    }

    @Test
    void aStretchThatCannotHaveAnyEventIsGoneAtOnce() {
        stretches.begin(0);
        stretches.end(0);

        assertThat(stretches.isEmpty()).isTrue();
    }

    @Test
    void whatAnotherNodeDidBetweenTwoStretchesIsLeftOut() {
        stretches.begin(0);
        stretches.heard(2);
        stretches.end(4);
        stretches.begin(9);

        assertThat(stretches.first()).isEqualTo(new Stretch(2, 4));
        stretches.removeFirst();
        assertThat(stretches.first()).isEqualTo(new Stretch(9, Stretches.OPEN));
    }

    @Test
    void anEarlierEventThatIsHeardLateDoesNotGoBack() {
        stretches.begin(9);
        stretches.heard(4);

        assertThat(stretches.first()).isEqualTo(new Stretch(9, Stretches.OPEN));
    }

    @Test
    void beginningAgainWithoutAnEndChangesNothing() {
        stretches.begin(2);
        stretches.begin(5);
        stretches.end(6);

        assertThat(stretches.first()).isEqualTo(new Stretch(2, 6));
        stretches.removeFirst();
        assertThat(stretches.isEmpty()).isTrue();
    }
}
