/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Many threads that ask for one key that nobody has, whose source takes its time, at once. */
final class Stampede implements AutoCloseable {

    static final Duration TTL = Duration.ofHours(1);
    static final int THREADS = 100;
    static final int ROUNDS = 50;
    private static final long LOAD_NANOS = 50_000_000;

    private final ExecutorService threads;
    private final List<CacheNode> nodes;
    private final int size;

    /**
     * Starts the threads.
     *
     * @param nodes are asked by turns
     */
    Stampede(List<CacheNode> nodes, int size) {
        this.nodes = nodes;
        this.size = size;
        this.threads = Executors.newFixedThreadPool(size);
    }

    /** All ask once; gives how often the source was asked. */
    int loads(String key) throws InterruptedException {
        AtomicInteger loads = new AtomicInteger();
        CountDownLatch ready = new CountDownLatch(size);
        List<Future<Long>> answers = new ArrayList<>();
        for (int thread = 0; thread < size; thread++) {
            CacheNode node = nodes.get(thread % nodes.size());
            answers.add(threads.submit(() -> {
                ready.countDown();
                ready.await();
                return node.read(key, () -> slowly(loads));
            }));
        }
        for (Future<Long> answer : answers) {
            try {
                answer.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("a read failed", e);
            }
        }
        return loads.get();
    }

    private static long slowly(AtomicInteger loads) {
        loads.incrementAndGet();
        LockSupport.parkNanos(LOAD_NANOS);
        return 1;
    }

    /** 100 threads over so many nodes in this JVM; gives loads in each round. */
    static List<Integer> inOneJvm(Peer peer, int count) throws InterruptedException {
        List<CacheNode> nodes = new ArrayList<>();
        List<Integer> loads = new ArrayList<>();
        try (BenchmarkRedis redis = BenchmarkRedis.start()) {
            for (int node = 0; node < count; node++) {
                nodes.add(peer.open(redis.url(), TTL));
            }
            try (Stampede stampede = new Stampede(nodes, THREADS)) {
                stampede.loads("warm-up");
                for (int round = 0; round < ROUNDS; round++) {
                    loads.add(stampede.loads("cold-" + round));
                }
            }
            nodes.forEach(CacheNode::close);
        }
        return loads;
    }

    /** As many over so many JVMs with a node each. */
    static List<Integer> overJvms(Peer peer, int count) throws IOException, InterruptedException {
        List<ChildJvm> children = new ArrayList<>();
        List<Integer> loads = new ArrayList<>();
        try (BenchmarkRedis redis = BenchmarkRedis.start()) {
            for (int child = 0; child < count; child++) {
                children.add(ChildJvm.start(
                        StampedeProcess.class, peer.name(), redis.url(), String.valueOf((THREADS + child) / count)));
            }
            loadsOf(children, 0);
            for (int round = 1; round <= ROUNDS; round++) {
                loads.add(loadsOf(children, round));
            }
            for (ChildJvm child : children) {
                child.close();
            }
        }
        return loads;
    }

    private static int loadsOf(List<ChildJvm> children, int round) throws IOException {
        for (ChildJvm child : children) {
            child.tell(round);
        }
        int loads = 0;
        for (ChildJvm child : children) {
            loads += (int) child.hear();
        }
        return loads;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
