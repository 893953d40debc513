/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import dev.ralph.cache.Caches;
import dev.ralph.tck.SharedCachesExample.Fault;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Caches with an outer tier that get one thing wrong each, and the kit run on them. */
final class BrokenSharedCaches {

    private BrokenSharedCaches() {}

    private abstract static class Kit extends SharedCacheContract {

        private final AtomicLong nanos = new AtomicLong();
        private final SharedCachesExample.Outer outer = new SharedCachesExample.Outer();
        private final Fault fault;

        Kit(Fault fault) {
            this.fault = fault;
        }

        @Override
        protected Caches open() {
            return new SharedCachesExample(nanos, outer) {
                @Override
                boolean broken(Fault asked) {
                    return asked == fault;
                }
            };
        }

        @Override
        protected Caches openElsewhere() {
            return open();
        }

        @Override
        protected void pass(Duration time) {
            nanos.addAndGet(time.toNanos());
        }
    }

    static class SharesNothing extends Kit {
        SharesNothing() {
            super(Fault.SHARES_NOTHING);
        }
    }

    static class SharesEverything extends Kit {
        SharesEverything() {
            super(Fault.SHARES_EVERYTHING);
        }
    }

    static class TellsNobody extends Kit {
        TellsNobody() {
            super(Fault.TELLS_NOBODY);
        }
    }

    static class TellsOfLoads extends Kit {
        TellsOfLoads() {
            super(Fault.TELLS_OF_LOADS);
        }
    }

    static class IgnoresFloors extends Kit {
        IgnoresFloors() {
            super(Fault.IGNORES_FLOORS);
        }
    }

    static class KeepsLateLoads extends Kit {
        KeepsLateLoads() {
            super(Fault.KEEPS_LATE_LOADS);
        }
    }

    static class ReplacesAnyVersion extends Kit {
        ReplacesAnyVersion() {
            super(Fault.REPLACES_ANY_VERSION);
        }
    }

    static class ForgetsAges extends Kit {
        ForgetsAges() {
            super(Fault.FORGETS_AGES);
        }
    }

    static class FailsOnBytes extends Kit {
        FailsOnBytes() {
            super(Fault.FAILS_ON_BYTES);
        }
    }

    static class MixesCodecs extends Kit {
        MixesCodecs() {
            super(Fault.MIXES_CODECS);
        }
    }

    static class KeepsAnySize extends Kit {
        KeepsAnySize() {
            super(Fault.KEEPS_ANY_SIZE);
        }
    }
}
