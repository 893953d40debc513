/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.samples.spring.web.Places.Place;
import org.junit.jupiter.api.Test;

class PlacesTest {

    private final Places places = new Places(3, 2);

    @Test
    void oneCallerTakesNoMoreThanItsOwn() {
        assertThat(places.take("ann")).isEqualTo(Place.GIVEN);
        assertThat(places.take("ann")).isEqualTo(Place.GIVEN);
        assertThat(places.take("ann")).isEqualTo(Place.CALLER_HAS_TOO_MANY);
        assertThat(places.take("ben")).isEqualTo(Place.GIVEN);
    }

    @Test
    void allTogetherTakeNoMoreThanThereAre() {
        places.take("ann");
        places.take("ben");
        places.take("cid");

        assertThat(places.take("dan")).isEqualTo(Place.ALL_TAKEN);
    }

    @Test
    void whatIsGivenBackCanBeTakenAgain() {
        places.take("ann");
        places.take("ann");
        places.giveBack("ann");

        assertThat(places.take("ann")).isEqualTo(Place.GIVEN);
        assertThat(places.take("ben")).isEqualTo(Place.GIVEN);
        assertThat(places.take("cid")).isEqualTo(Place.ALL_TAKEN);
    }
}
