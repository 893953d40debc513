/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.keys;

import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Changes of keys, one at a time on this instance: each holds a connection while its entry in the audit trail is recorded on
 * another one, and as many at once as there are connections would wait for each other, and all requests for them.
 */
@Component
final class KeyTransactions {

    private final TransactionTemplate transactions;
    private final ReentrantLock turn = new ReentrantLock(true);

    KeyTransactions(TransactionTemplate transactions) {
        this.transactions = transactions;
    }

    /** Does it in a transaction, which is rolled back if it throws. */
    <T> T run(Supplier<T> change) {
        turn.lock();
        try {
            return Objects.requireNonNull(transactions.execute(status -> change.get()));
        } finally {
            turn.unlock();
        }
    }
}
