/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.cache.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of an entry will do, without a script; the script's rules are tested with a cluster, and where loads begin. */
class RedisLookTest {

    private static final long NOW = 1_000_000;
    private static final long TTL = 5_000;
    private static final long NEGATIVE_TTL = 500;

    @Test
    void aValueThatIsFreshIsThereWithItsVersionAndAge() {
        @Nullable List<Object> hit = hit("epoch/60000", entry("epoch", "07", NOW - 40, NOW + 1, "value", null, null));

        assertThat(texts(hit)).containsExactly("07", "40", "value");
    }

    @Test
    void soIsThatThereIsNone() {
        @Nullable List<Object> hit = hit("epoch/60000", entry("epoch", "07", NOW - 40, NOW + 1, null, null, null));

        assertThat(texts(hit)).containsExactly("07", "40");
    }

    @Test
    void aClockThatWentBackMakesNoAgeNegative() {
        @Nullable List<Object> hit = hit("epoch/60000", entry("epoch", "07", NOW + 40, NOW + 100, "value", null, null));

        assertThat(texts(hit)).containsExactly("07", "0", "value");
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            another bucket,           other/60000, epoch, 07, 999960,  1000001, value,     -,  -
            a bucket that was lost,   -,           epoch, 07, 999960,  1000001, value,     -,  -
            part of an epoch,         epoch1/6000, epoch, 07, 999960,  1000001, value,     -,  -
            nothing of this codec,    epoch/60000, epoch, -,  -,       -,       -,         -,  -
            nothing at all,           epoch/60000, -,     -,  -,       -,       -,         -,  -
            an older version,         epoch/60000, epoch, 06, 999960,  1000001, value,     -,  -
            over,                     epoch/60000, epoch, 07, 999960,  1000000, value,     -,  -
            below a floor,            epoch/60000, epoch, 07, 999960,  1000001, value,     08, 1000001
            too old here,             epoch/60000, epoch, 07, 995000,  1000001, value,     -,  -
            that there is none before, epoch/60000, epoch, 07, 999500, 1000001, -,         -,  -
            too long,                 epoch/60000, epoch, 07, 999960,  1000001, 123456789, -,  -
            an odd time,              epoch/60000, epoch, 07, 999960,  soon,    value,     -,  -
            """)
    void anythingElseIsNot(
            String what,
            @Nullable String bucket,
            @Nullable String epoch,
            @Nullable String version,
            @Nullable String readAt,
            @Nullable String until,
            @Nullable String value,
            @Nullable String floor,
            @Nullable String floorUntil) {
        assertThat(hit(bucket, texts(epoch, version, readAt, until, value, floor, floorUntil)))
                .as(what)
                .isNull();
    }

    @Test
    void aFloorThatIsOverOrNotAboveTheValueLeavesIt() {
        assertThat(hit("epoch/60000", entry("epoch", "07", NOW - 40, NOW + 1, "value", "08", NOW)))
                .isNotNull();
        assertThat(hit("epoch/60000", entry("epoch", "07", NOW - 40, NOW + 1, "value", "07", NOW + 1)))
                .isNotNull();
    }

    private static List<String> texts(@Nullable List<Object> hit) {
        assertThat(hit).isNotNull();
        return Objects.requireNonNull(hit).stream().skip(1).map(RedisTier::text).toList();
    }

    private static @Nullable List<Object> hit(@Nullable String bucket, List<byte[]> fields) {
        return new RedisLook(bucket, fields, NOW).hit(RedisTier.bytes("07"), TTL, NEGATIVE_TTL, 8);
    }

    private static List<byte[]> entry(
            String epoch,
            String version,
            long readAt,
            long until,
            @Nullable String value,
            @Nullable String floor,
            @Nullable Long floorUntil) {
        return texts(
                epoch,
                version,
                Long.toString(readAt),
                Long.toString(until),
                value,
                floor,
                floorUntil == null ? null : floorUntil.toString());
    }

    @SuppressWarnings("NullAway") // It does not read from class files that a field may be null.
    private static List<byte[]> texts(@Nullable String... texts) {
        List<byte[]> fields = new ArrayList<>();
        for (String text : texts) {
            fields.add(text == null ? null : RedisTier.bytes(text));
        }
        return fields;
    }
}
