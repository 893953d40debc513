/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.cache.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PendingChangesTest {

    private final PendingChanges pending = new PendingChanges();
    private final Redis redis = new Redis();

    private static class Redis implements PendingChanges.Redis {

        private final Set<Integer> deadBuckets = new HashSet<>();
        private final Set<String> deadKeys = new HashSet<>();
        private final List<String> told = new ArrayList<>();
        private Runnable meanwhile = () -> {};

        @Override
        public Set<Integer> empty(Set<Integer> buckets) {
            meanwhile.run();
            Set<Integer> done = new HashSet<>(buckets);
            done.removeAll(deadBuckets);
            return done;
        }

        @Override
        public boolean tellEmptied() {
            told.add("everything");
            return true;
        }

        @Override
        public boolean outdate(String key, long version) {
            meanwhile.run();
            if (deadKeys.contains(key)) {
                return false;
            }
            return told.add(key + " " + version);
        }
    }

    @Test
    void aSecondChangeThatEqualsTheFirstIsNotLostWhileThatIsTold() {
        pending.add("key", 2);
        redis.meanwhile = () -> pending.add("key", 2);

        pending.flush(redis);

        assertThat(pending.contains("key")).isTrue();
        redis.meanwhile = () -> {};
        pending.flush(redis);
        assertThat(pending.contains("key")).isFalse();
        assertThat(redis.told).containsExactly("key 2", "key 2");
    }

    @Test
    void aSecondChangeOfEverythingIsNotLostWhileTheFirstIsTold() {
        pending.addAll();
        redis.meanwhile = pending::addAll;

        pending.flush(redis);

        assertThat(pending.size()).isEqualTo(Integer.MAX_VALUE);
        redis.meanwhile = () -> {};
        pending.flush(redis);
        assertThat(pending.size()).isZero();
    }

    @Test
    void aServerThatDoesNotAnswerKeepsNobodyFromBeingTold() {
        int dead = RedisTier.bucketOf("a");
        redis.deadBuckets.add(dead);
        pending.addAll();

        pending.flush(redis);

        assertThat(redis.told).containsExactly("everything");
        assertThat(pending.contains("a")).isTrue();
        assertThat(RedisTier.bucketOf("b")).isNotEqualTo(dead);
        assertThat(pending.contains("b")).isFalse();
    }

    @Test
    void aKeyThatIsNotToldOfKeepsNoOtherFromIt() {
        redis.deadKeys.addAll(Set.of("a", "c"));
        List.of("a", "b", "c").forEach(key -> pending.add(key, 1));

        pending.flush(redis);

        assertThat(redis.told).containsExactly("b 1");
        assertThat(pending.size()).isEqualTo(2);
    }

    @Test
    void moreKeysThanItHoldsCountAsEverything() {
        for (int i = 0; i <= 1000; i++) {
            pending.add("key " + i, 1);
        }

        assertThat(pending.size()).isEqualTo(Integer.MAX_VALUE);
        assertThat(pending.contains("another")).isTrue();
    }
}
