/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc.fault;

import dev.ralph.StoreUnavailableException;
import dev.ralph.spi.Claim;
import dev.ralph.spi.Command;
import dev.ralph.spi.Lease;
import dev.ralph.spi.Step;
import dev.ralph.spi.StepResult;
import dev.ralph.spi.Store;
import dev.ralph.store.jdbc.ObservedDataSource;
import dev.ralph.store.jdbc.ObservedStore;
import dev.ralph.store.jdbc.StatementObserver;
import dev.ralph.store.jdbc.fault.Boundary.Moment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * A node's store: tells of every boundary the node comes to, on the thread that comes to it, and writes down in a file what
 * the store has answered.
 */
final class WatchedStore implements StatementObserver {

    private final Path acks;
    private final Consumer<Boundary> reached;
    private final Map<Thread, Transaction> transactions = new ConcurrentHashMap<>();
    private final Map<Lease, Long> consumed = new ConcurrentHashMap<>();

    private WatchedStore(Path acks, Consumer<Boundary> reached) {
        this.acks = acks;
        this.reached = reached;
    }

    static Store open(String url, int connections, Path acks, Consumer<Boundary> reached) {
        WatchedStore watched = new WatchedStore(acks, reached);
        Store store = ObservedStore.open(url, connections, watched).store();
        return (Store) Proxy.newProxyInstance(
                WatchedStore.class.getClassLoader(),
                new Class<?>[] {Store.class},
                (proxy, method, arguments) -> watched.call(store, method, arguments));
    }

    @Override
    public void executing(Connection connection, String sql, List<ObservedDataSource.Value> values) {
        Transaction current = transactions.get(Thread.currentThread());
        if (current != null && !sql.strip().toUpperCase(Locale.ROOT).startsWith("SELECT")) {
            current.writes = true;
        }
    }

    @Override
    public void committing() {
        reached(Moment.BEFORE_COMMIT);
    }

    @Override
    public void committed() {
        reached(Moment.AFTER_COMMIT);
    }

    private Object call(Store store, Method method, Object[] arguments) throws Throwable {
        Set<StepKind> kinds = kinds(method.getName(), arguments);
        if (kinds.isEmpty()) {
            return invoke(store, method, arguments);
        }
        transactions.put(Thread.currentThread(), new Transaction(kinds));
        try {
            kinds.forEach(kind -> reached.accept(new Boundary(kind, Moment.UNSENT)));
            Object answer = invoke(store, method, arguments);
            if (answer instanceof Claim.Granted granted) {
                consumed.put(granted.lease(), granted.run().commandsThrough());
            } else if (answer instanceof StepResult.Committed) {
                consumed.put((Lease) arguments[0], ((Step) arguments[1]).commandsThrough());
                acknowledge(true, arguments);
            }
            return answer;
        } catch (StoreUnavailableException e) {
            acknowledge(false, arguments);
            throw e;
        } finally {
            transactions.remove(Thread.currentThread());
        }
    }

    private Set<StepKind> kinds(String method, Object[] arguments) {
        return switch (method) {
            case "create" -> Set.of(StepKind.CREATED);
            case "claim" -> Set.of(StepKind.CLAIMED);
            case "renew" -> Set.of(StepKind.RENEWED);
            case "release" -> Set.of(StepKind.RELEASED);
            case "reportUsage" -> Set.of(StepKind.USAGE_NOTED);
            case "append" -> Set.of(StepKind.of((Command) arguments[2]));
            case "commit" -> kinds((Lease) arguments[0], (Step) arguments[1]);
            default -> Set.of();
        };
    }

    private Set<StepKind> kinds(Lease lease, Step step) {
        StepKind own = StepKind.of(step);
        return step.commandsThrough() > consumed.getOrDefault(lease, Long.MAX_VALUE)
                ? EnumSet.of(own, StepKind.COMMANDS)
                : EnumSet.of(own);
    }

    /** A claim that is refused writes nothing, and comes to no boundary. */
    private void reached(Moment moment) {
        Transaction current = transactions.get(Thread.currentThread());
        if (current != null && current.writes) {
            current.kinds.forEach(kind -> reached.accept(new Boundary(kind, moment)));
        }
    }

    private void acknowledge(boolean answered, Object[] arguments) {
        if (arguments.length == 2 && arguments[0] instanceof Lease lease && arguments[1] instanceof Step step) {
            try {
                Files.writeString(
                        acks,
                        Ack.of(answered, lease.run(), step).line() + "\n",
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static Object invoke(Store store, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(store, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static final class Transaction {

        private final Set<StepKind> kinds;
        private boolean writes;

        Transaction(Set<StepKind> kinds) {
            this.kinds = kinds;
        }
    }
}
