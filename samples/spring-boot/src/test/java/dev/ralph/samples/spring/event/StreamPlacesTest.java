/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ralph.samples.spring.access.Caller;
import dev.ralph.samples.spring.access.Role;
import dev.ralph.samples.spring.catalog.HostProperties.Followers;
import dev.ralph.samples.spring.problem.ProblemException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StreamPlacesTest {

    private static final Caller ANN = caller("acme", "ann");
    private static final Caller BOB = caller("acme", "bob");
    private static final Caller EVE = caller("other", "eve");

    @Test
    void aCallerCannotHaveMoreThanItsOwn() {
        StreamPlaces places = places(10, 2, 10);
        StreamPlaces.Place first = places.reserve(ANN, false);
        places.reserve(ANN, false);
        assertRefused(places, ANN, false, "The caller has 2 event streams open");

        first.close();
        first.close();

        places.reserve(ANN, false);
        assertRefused(places, ANN, false, "The caller has 2");
    }

    @Test
    void aTenantLeavesPlacesToOthersHoweverManyCallersItHas() {
        StreamPlaces places = places(4, 2, 10);
        places.reserve(ANN, false);
        places.reserve(ANN, false);
        StreamPlaces.Place last = places.reserve(BOB, false);
        assertRefused(places, BOB, false, "The tenant has as many event streams");

        places.reserve(EVE, false);
        last.close();
        places.reserve(EVE, false);
        assertRefused(places, BOB, false, "no place for more event streams");
    }

    @Test
    void aTenantLeavesRunsToOthersToFollow() {
        StreamPlaces places = places(100, 100, 4);
        places.reserve(ANN, true);
        places.reserve(BOB, true);
        StreamPlaces.Place third = places.reserve(BOB, true);
        assertRefused(places, ANN, true, "The tenant follows as many runs");
        places.reserve(ANN, false);

        places.reserve(EVE, true);
        assertRefused(places, EVE, true, "follows as many runs as it can");
        third.close();
        places.reserve(EVE, true);
    }

    @Test
    void aRunOutlivesThePlaceItWasReservedWithUntilItIsFreed() {
        StreamPlaces places = places(100, 100, 1);
        StreamPlaces.Place place = places.reserve(ANN, true);
        Runnable free = place.takeRun();
        place.close();
        assertRefused(places, ANN, true, "follows as many runs as it can");

        free.run();

        assertThat(places.reserve(ANN, true)).isNotNull();
    }

    @Test
    void aStreamOfARunThatIsFollowedAlreadyHoldsNoRun() {
        StreamPlaces places = places(100, 100, 1);
        StreamPlaces.Place place = places.reserve(ANN, true);

        place.leaveRun();

        StreamPlaces.Place next = places.reserve(ANN, true);
        place.close();
        assertRefused(places, ANN, true, "follows as many runs as it can");
        next.close();
        places.reserve(ANN, true);
    }

    private static void assertRefused(StreamPlaces places, Caller caller, boolean ofNewRun, String why) {
        assertThatThrownBy(() -> places.reserve(caller, ofNewRun))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining(why);
    }

    private static StreamPlaces places(int max, int perCaller, int runs) {
        return new StreamPlaces(new Followers(max, perCaller, runs, 0.75, Duration.ofSeconds(15), Duration.ofHours(1)));
    }

    private static Caller caller(String tenant, String name) {
        return new Caller(name, tenant, Role.VIEWER, "127.0.0.1");
    }
}
