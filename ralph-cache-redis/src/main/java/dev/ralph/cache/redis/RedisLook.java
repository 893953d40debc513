/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.cache.redis;

import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.ValueListOutput;
import io.lettuce.core.output.ValueOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Looks for a value without a script, which takes a server several times as long: three commands that are written at once, and
 * what they answered, by the rules of {@code read.lua}. Only where all keys lie on one server, whose clock counts. It changes
 * nothing; whoever finds nothing here has yet to call the script, which begins a load.
 *
 * @param bucket what is kept of the bucket; null if nothing is
 * @param fields of the entry, in the order of {@link #fields}
 * @param now the server's time in ms
 */
record RedisLook(@Nullable String bucket, List<byte @Nullable []> fields, long now) {

    private static final int EPOCH = 0;
    private static final int VERSION = 1;
    private static final int READ_AT = 2;
    private static final int UNTIL = 3;
    private static final int VALUE = 4;
    private static final int FLOOR = 5;
    private static final int FLOOR_UNTIL = 6;

    /** What there is to know of an entry, as values of one codec are kept in it. */
    static byte[][] fields(String codec) {
        return List.of("e", codec + "n", codec + "t", codec + "u", codec + "x", "f", "fu").stream()
                .map(RedisTier::bytes)
                .toArray(byte[][]::new);
    }

    /**
     * Sends the commands. The bucket is asked for first: if it is emptied before the entry is read, the answer is that of a
     * moment within the call all the same, and the entry is read at once.
     */
    static CompletableFuture<RedisLook> send(
            StatefulConnection<byte[], byte[]> connection, byte[] bucket, byte[] entry, byte[]... fields) {
        AsyncCommand<byte[], byte[], byte[]> first = new AsyncCommand<>(
                new Command<>(CommandType.GET, new ValueOutput<>(ByteArrayCodec.INSTANCE), key(bucket)));
        AsyncCommand<byte[], byte[], List<byte[]>> second = new AsyncCommand<>(new Command<>(
                CommandType.HMGET,
                new ValueListOutput<>(ByteArrayCodec.INSTANCE),
                key(entry).addValues(Arrays.asList(fields))));
        AsyncCommand<byte[], byte[], List<byte[]>> time = new AsyncCommand<>(new Command<>(
                CommandType.TIME,
                new ValueListOutput<>(ByteArrayCodec.INSTANCE),
                new CommandArgs<>(ByteArrayCodec.INSTANCE)));
        connection.dispatch(List.of(first, second, time));
        // Answers come in the order of the commands: whoever has the last one has all.
        return time.toCompletableFuture().thenApply(now -> of(first.join(), new ArrayList<>(second.join()), now));
    }

    private static CommandArgs<byte[], byte[]> key(byte[] name) {
        return new CommandArgs<>(ByteArrayCodec.INSTANCE).addKey(name);
    }

    private static RedisLook of(byte @Nullable [] bucket, List<byte @Nullable []> fields, List<byte[]> time) {
        long seconds = Long.parseLong(RedisTier.text(time.get(0)));
        long micros = Long.parseLong(RedisTier.text(time.get(1)));
        return new RedisLook(bucket == null ? null : RedisTier.text(bucket), fields, seconds * 1_000 + micros / 1_000);
    }

    /**
     * A value that will do, as the script answers it: empty, version, age in ms, bytes unless there is none.
     *
     * @param lowest the version, in its form that has the order of texts
     * @return null if there is none
     */
    @Nullable List<Object> hit(byte[] lowest, long ttl, long negativeTtl, long mostBytes) {
        String epoch = field(EPOCH);
        String version = field(VERSION);
        if (bucket == null || epoch == null || version == null || !bucket.startsWith(epoch + "/")) {
            return null;
        }
        if (version.compareTo(RedisTier.text(lowest)) < 0 || now >= number(UNTIL) || isBelowFloor(version)) {
            return null;
        }
        long age = Math.max(0, now - number(READ_AT));
        byte[] value = fields.get(VALUE);
        if (age >= (value == null ? negativeTtl : ttl) || (value != null && value.length > mostBytes)) {
            return null;
        }
        List<Object> answer =
                new ArrayList<>(List.of("", RedisTier.bytes(version), RedisTier.bytes(Long.toString(age))));
        if (value != null) {
            answer.add(value);
        }
        return answer;
    }

    private boolean isBelowFloor(String version) {
        String floor = field(FLOOR);
        return floor != null && now < number(FLOOR_UNTIL) && version.compareTo(floor) < 0;
    }

    private @Nullable String field(int index) {
        byte[] bytes = fields.get(index);
        return bytes == null ? null : RedisTier.text(bytes);
    }

    /** What is there beside a version and a floor; zero if somebody else wrote something odd: it is over then. */
    private long number(int index) {
        String digits = field(index);
        try {
            return digits == null ? 0 : Long.parseLong(digits);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
