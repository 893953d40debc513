/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store;

import dev.ralph.BudgetLimit;
import dev.ralph.BudgetStatus;
import dev.ralph.InvalidValueException;
import dev.ralph.Reservation;
import dev.ralph.spi.BudgetChange;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The shared budgets. Not thread-safe. */
final class BudgetTable {

    private final Map<String, BudgetStatus> budgets = new HashMap<>();

    void define(BudgetLimit limit) {
        BudgetStatus known = budgets.get(limit.name());
        budgets.put(
                limit.name(),
                known == null
                        ? new BudgetStatus(limit, 0, BigDecimal.ZERO, Reservation.NONE)
                        : new BudgetStatus(limit, known.consumedTokens(), known.consumedCost(), known.reserved()));
    }

    Optional<BudgetStatus> find(String name) {
        return Optional.ofNullable(budgets.get(name));
    }

    /** Works out what {@code changes} would make of the budgets, without doing it. */
    Draft draft(List<BudgetChange> changes) {
        Draft draft = new Draft();
        for (BudgetChange change : changes) {
            draft.apply(change);
        }
        return draft;
    }

    /** Changes that are not made yet. */
    final class Draft {

        private final Map<String, BudgetStatus> changed = new HashMap<>();

        private @Nullable BudgetStatus refusal;

        /** The first budget that has no room, or null if all have. */
        @Nullable BudgetStatus refusal() {
            return refusal;
        }

        void write() {
            budgets.putAll(changed);
        }

        private void apply(BudgetChange change) {
            BudgetStatus before = status(change.budget());
            if (change instanceof BudgetChange.Reserve reserve) {
                if (!before.fits(reserve.amount()) && refusal == null) {
                    refusal = before;
                }
                changed.put(change.budget(), reserved(before, reserve.amount()));
            } else if (change instanceof BudgetChange.Settle settle) {
                changed.put(change.budget(), settled(before, settle));
            } else {
                throw new IllegalStateException("a change of a budget this store does not know: " + change.getClass());
            }
        }

        private BudgetStatus status(String name) {
            BudgetStatus status = changed.getOrDefault(name, budgets.get(name));
            if (status == null) {
                throw new InvalidValueException("budget", name, "is not defined; define it before a run draws from it");
            }
            return status;
        }
    }

    private static BudgetStatus reserved(BudgetStatus budget, Reservation more) {
        Reservation sum = new Reservation(
                sum(budget.reserved().tokens(), more.tokens()),
                budget.reserved().cost().add(more.cost()));
        return new BudgetStatus(budget.limit(), budget.consumedTokens(), budget.consumedCost(), sum);
    }

    private static BudgetStatus settled(BudgetStatus budget, BudgetChange.Settle settle) {
        Reservation rest = new Reservation(
                Math.max(0, budget.reserved().tokens() - settle.freed().tokens()),
                budget.reserved().cost().subtract(settle.freed().cost()).max(BigDecimal.ZERO));
        return new BudgetStatus(
                budget.limit(),
                sum(budget.consumedTokens(), settle.tokens()),
                budget.consumedCost().add(settle.cost()),
                rest);
    }

    /** Saturated: a sum that wrapped around would open the budget again. */
    private static long sum(long a, long b) {
        long sum = a + b;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }
}
