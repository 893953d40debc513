/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.cache.redis;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Hears what others tell, and whether it hears anything. While it is not sure, everything this process holds is dropped again
 * and again: nothing that was missed is answered for longer than two pings. Thread-safe.
 */
final class RedisSubscriber extends RedisPubSubAdapter<String, String> implements RedisConnectionStateListener {

    private final String channel;
    private final String node;
    private final Consumer<Message> others;
    private final Runnable evictAll;
    private final CountDownLatch first = new CountDownLatch(1);
    private long sent;
    private long heard;
    private long brokenAt;
    private long breaks;
    private boolean sound;

    /**
     * Not sure of anything yet.
     *
     * @param channel on which processes tell each other
     * @param node this process, whose messages are its own
     * @param others takes what other processes tell
     * @param evictAll drops what this process holds
     */
    RedisSubscriber(String channel, String node, Consumer<Message> others, Runnable evictAll) {
        this.channel = channel;
        this.node = node;
        this.others = others;
        this.evictAll = evictAll;
    }

    String channel() {
        return channel;
    }

    /** Whether it heard itself the last time. */
    synchronized boolean sound() {
        return sound;
    }

    /** How often something may have been missed. */
    synchronized long breaks() {
        return breaks;
    }

    /** Waits until it has heard itself for the first time. */
    boolean awaitSound(long time, TimeUnit unit) throws InterruptedException {
        return first.await(time, unit);
    }

    /** What to tell itself now. Called at regular times: what was to be heard by now and was not will not come. */
    synchronized Message.Ping nextPing() {
        if (sound && heard < sent) {
            broke();
        } else if (!sound) {
            evictAll.run();
        }
        return new Message.Ping(node, ++sent);
    }

    /** Something may have been missed. */
    synchronized void broke() {
        sound = false;
        brokenAt = sent;
        breaks++;
        evictAll.run();
    }

    @Override
    public void message(String from, String text) {
        Message message = Message.parse(text).orElse(null);
        if (message == null) {
            // A later release tells something: whatever it is, this is out of date.
            evictAll.run();
        } else if (!message.node().equals(node)) {
            others.accept(message);
        } else if (message instanceof Message.Ping ping) {
            heard(ping.number());
        }
    }

    private synchronized void heard(long number) {
        heard = Math.max(heard, number);
        if (!sound && number > brokenAt) {
            evictAll.run();
            sound = true;
            first.countDown();
        }
    }

    @Override
    public void subscribed(String to, long count) {
        broke();
    }

    @Override
    public void onRedisDisconnected(RedisChannelHandler<?, ?> connection) {
        if (connection instanceof StatefulRedisPubSubConnection) {
            broke();
        }
    }
}
