/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc.fault;

import dev.ralph.StoreUnavailableException;
import dev.ralph.spi.Lease;
import dev.ralph.spi.Step;
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
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
        StepKind kind = switch (method.getName()) {
            case "create" -> StepKind.CREATED;
            case "claim" -> StepKind.CLAIMED;
            case "commit" -> StepKind.of((Step) arguments[1]);
            default -> null;
        };
        if (kind == null) {
            return invoke(store, method, arguments);
        }
        transactions.put(Thread.currentThread(), new Transaction(kind));
        try {
            reached.accept(new Boundary(kind, Moment.UNSENT));
            Object answer = invoke(store, method, arguments);
            acknowledge(true, arguments);
            return answer;
        } catch (StoreUnavailableException e) {
            acknowledge(false, arguments);
            throw e;
        } finally {
            transactions.remove(Thread.currentThread());
        }
    }

    /** A claim that is refused writes nothing, and comes to no boundary. */
    private void reached(Moment moment) {
        Transaction current = transactions.get(Thread.currentThread());
        if (current != null && current.writes) {
            reached.accept(new Boundary(current.kind, moment));
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

        private final StepKind kind;
        private boolean writes;

        Transaction(StepKind kind) {
            this.kind = kind;
        }
    }
}
