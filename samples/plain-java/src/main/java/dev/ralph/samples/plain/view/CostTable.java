/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.view;

import dev.ralph.CostSum;
import dev.ralph.Spend;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Sums of costs for people. */
public final class CostTable {

    private CostTable() {}

    /**
     * Prints them, and what they come to if there are several.
     *
     * @param label name of the label they are told apart by, or null
     */
    public static void print(List<CostSum> sums, @Nullable String label, PrintStream out) {
        if (sums.isEmpty()) {
            out.println("No attempts.");
            return;
        }
        List<Column> columns = columns(sums, label);
        Table table = new Table(columns.stream().map(Column::name).toArray(String[]::new));
        for (CostSum sum : sums) {
            table.row(columns.stream().map(column -> column.value().apply(sum)).toArray());
        }
        table.print(out);
        if (sums.size() > 1) {
            Spend all = sums.stream().map(CostSum::spend).reduce(Spend.ZERO, CostTable::together);
            out.println("Together: " + Figures.spend(all));
        }
    }

    private static List<Column> columns(List<CostSum> sums, @Nullable String label) {
        CostSum any = sums.get(0);
        List<Column> columns = new ArrayList<>();
        if (any.day() != null) {
            columns.add(new Column("DAY", sum -> orDash(sum.day())));
        }
        if (any.agent() != null) {
            columns.add(new Column("AGENT", sum -> orDash(sum.agent())));
        }
        if (label != null) {
            columns.add(new Column(label, sum -> orDash(sum.label())));
        }
        columns.add(new Column("ATTEMPTS", sum -> Figures.count(sum.attempts())));
        columns.add(new Column("NO FIGURES", sum -> Figures.count(sum.unmetered())));
        columns.add(new Column("TOKENS", sum -> Figures.count(sum.usage().total())));
        columns.add(new Column("BILLED", sum -> Figures.dollars(sum.spend().billed())));
        columns.add(new Column("ESTIMATED", sum -> Figures.dollars(sum.spend().estimated())));
        columns.add(new Column("UNKNOWN", sum -> Figures.dollars(sum.spend().unknown())));
        return columns;
    }

    private static Spend together(Spend one, Spend other) {
        return new Spend(
                one.billed().add(other.billed()),
                one.estimated().add(other.estimated()),
                one.unknown().add(other.unknown()));
    }

    private static String orDash(@Nullable Object value) {
        return value == null ? "-" : value.toString();
    }

    private record Column(String name, Function<CostSum, String> value) {}
}
