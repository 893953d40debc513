/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.metrics;

import static dev.ralph.metrics.RalphMetricNames.TAG_BUDGET;
import static dev.ralph.metrics.RalphMetricNames.TAG_UNIT;

import dev.ralph.BudgetStatus;
import dev.ralph.spi.QueueStatus;
import dev.ralph.spi.Store;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** What the store tells of all nodes: its queue, and the budgets this node has to do with. Thread-safe. */
final class StoreMeters {

    private static final double NANOS = 1e9;

    private final OwnMeters meters;
    private final Store store;
    private final PolledValue<Figures> figures;
    private final TagValues names = new TagValues();
    private final Set<String> budgets = ConcurrentHashMap.newKeySet();
    private final Set<Shown> shown = ConcurrentHashMap.newKeySet();

    /**
     * Asks the store when the meters are read.
     *
     * @param nanoTime a monotonic clock
     */
    StoreMeters(OwnMeters meters, Store store, Executor background, LongSupplier nanoTime) {
        this.meters = meters;
        this.store = store;
        this.figures = new PolledValue<>(this::ask, background, nanoTime);
        meters.gauge(RalphMeter.QUEUE_DEPTH, () -> queue(QueueStatus::due));
        meters.gauge(RalphMeter.QUEUE_AGE, () -> queue(queue -> queue.oldest().toNanos() / NANOS));
    }

    /** This node has to do with the budget of this name; of too many, the last ones are left out. */
    void budgetUsed(String name) {
        if (!budgets.contains(name) && !names.of(name).equals(TagValues.OTHER)) {
            budgets.add(name);
        }
    }

    private double queue(ToDoubleFunction<QueueStatus> figure) {
        return figures.get().flatMap(Figures::queue).map(figure::applyAsDouble).orElse(Double.NaN);
    }

    private Figures ask() {
        Optional<QueueStatus> queue = store.queue();
        Map<String, BudgetStatus> found = new HashMap<>();
        for (String name : budgets) {
            store.budget(name).ifPresent(status -> found.put(name, status));
        }
        found.values().forEach(this::show);
        return new Figures(queue, Map.copyOf(found));
    }

    private void show(BudgetStatus budget) {
        show(
                new Shown(budget.limit().name(), "tokens"),
                budget.limit().maxTokens(),
                status -> number(status.limit().maxTokens()),
                BudgetStatus::consumedTokens,
                status -> status.reserved().tokens());
        show(
                new Shown(budget.limit().name(), "usd"),
                budget.limit().maxCost(),
                status -> number(status.limit().maxCost()),
                status -> number(status.consumedCost()),
                status -> number(status.reserved().cost()));
    }

    private void show(
            Shown what,
            @Nullable Number limit,
            ToDoubleFunction<BudgetStatus> most,
            ToDoubleFunction<BudgetStatus> consumed,
            ToDoubleFunction<BudgetStatus> reserved) {
        if (limit != null && shown.add(what)) {
            gauge(RalphMeter.BUDGET_LIMIT, what, most);
            gauge(RalphMeter.BUDGET_CONSUMED, what, consumed);
            gauge(RalphMeter.BUDGET_RESERVED, what, reserved);
        }
    }

    private void gauge(RalphMeter meter, Shown what, ToDoubleFunction<BudgetStatus> figure) {
        meters.gauge(
                meter, () -> budget(what.budget(), figure), TAG_BUDGET, names.of(what.budget()), TAG_UNIT, what.unit());
    }

    private double budget(String name, ToDoubleFunction<BudgetStatus> figure) {
        return figures.get()
                .flatMap(known -> Optional.ofNullable(known.budgets().get(name)))
                .map(figure::applyAsDouble)
                .orElse(Double.NaN);
    }

    private static double number(@Nullable Number value) {
        return value == null ? Double.NaN : value.doubleValue();
    }

    private record Figures(Optional<QueueStatus> queue, Map<String, BudgetStatus> budgets) {}

    private record Shown(String budget, String unit) {}
}
