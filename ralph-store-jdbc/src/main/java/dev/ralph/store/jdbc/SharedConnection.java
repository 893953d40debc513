/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import org.jspecify.annotations.Nullable;

/** A connection of a {@link SharedFile}, which it tells of commits and of its end. Used by one thread at a time. */
final class SharedConnection implements InvocationHandler {

    private final Connection connection;
    private final SharedFile file;
    private final boolean telling;
    private boolean failed;
    private boolean released;

    private SharedConnection(Connection connection, SharedFile file, boolean telling) {
        this.connection = connection;
        this.file = file;
        this.telling = telling;
    }

    /**
     * Wraps a connection.
     *
     * @param telling whether other processes are to notice what it commits
     */
    static Connection of(Connection connection, SharedFile file, boolean telling) {
        return (Connection) Proxy.newProxyInstance(
                SharedConnection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                new SharedConnection(connection, file, telling));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        switch (method.getName()) {
            case "close" -> {
                close();
                return null;
            }
            case "commit" -> {
                if (telling) {
                    file.changing();
                }
            }
            case "equals" -> {
                return arguments != null && proxy == arguments[0];
            }
            case "hashCode" -> {
                return System.identityHashCode(proxy);
            }
            default -> {}
        }
        try {
            return method.invoke(connection, arguments);
        } catch (InvocationTargetException e) {
            failed = true;
            throw e.getCause();
        }
    }

    private void close() throws Throwable {
        if (released) {
            return;
        }
        released = true;
        try {
            connection.close();
        } catch (Throwable e) {
            failed = true;
            throw e;
        } finally {
            file.release(failed);
        }
    }
}
