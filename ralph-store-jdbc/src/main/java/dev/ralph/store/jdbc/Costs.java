/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import dev.ralph.CostQuery;
import dev.ralph.CostSum;
import dev.ralph.Spend;
import dev.ralph.Usage;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Adds up what attempts used. Thread-safe. */
final class Costs {

    private static final String SUMS = """
            count(*) AS attempts,
            sum(CASE WHEN a.input_tokens IS NULL THEN 1 ELSE 0 END) AS unmetered,
            sum(CAST(a.input_tokens AS numeric(20))) AS input_tokens,
            sum(CAST(a.output_tokens AS numeric(20))) AS output_tokens,
            sum(CAST(a.cache_read_tokens AS numeric(20))) AS cache_read_tokens,
            sum(CAST(a.cache_write_tokens AS numeric(20))) AS cache_write_tokens,
            sum(CASE WHEN a.cost_kind = 'BILLED' THEN a.cost ELSE 0 END) AS billed,
            sum(CASE WHEN a.cost_kind = 'ESTIMATED' THEN a.cost ELSE 0 END) AS estimated,
            sum(CASE WHEN a.cost_kind = 'UNKNOWN' THEN a.cost ELSE 0 END) AS not_known""";

    private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

    private final Database database;
    private final Dialect dialect;

    /**
     * Adds up by way of {@code database}.
     *
     * @param database may be a copy that is read only
     */
    Costs(Database database, Dialect dialect) {
        this.database = database;
        this.dialect = dialect;
    }

    List<CostSum> sums(CostQuery query) {
        List<String> groups = groups(query);
        Map<String, Object> values = new HashMap<>();
        String sql = "SELECT "
                + String.join("", groups.stream().map(group -> group + ", ").toList()) + SUMS + " FROM ralph.attempts a"
                + joins(query, values) + " WHERE " + conditions(query, values) + grouped(groups);
        if (!values.values().stream()
                .allMatch(value -> !(value instanceof String text) || StorableText.canBeThere(text))) {
            return List.of();
        }
        return database.read(
                handle -> handle.createQuery(sql).bindMap(values).map((row, context) -> sum(row, query)).list().stream()
                        .filter(sum -> sum.attempts() > 0)
                        .toList());
    }

    private List<String> groups(CostQuery query) {
        List<String> groups = new ArrayList<>();
        if (query.byDay()) {
            groups.add(dialect.utcDay("a.ended_at") + " AS settled_on");
        }
        if (query.byAgent()) {
            groups.add("a.agent AS by_agent");
        }
        if (query.byLabel() != null) {
            groups.add("g.label AS by_label");
        }
        return groups;
    }

    private static String grouped(List<String> groups) {
        if (groups.isEmpty()) {
            return "";
        }
        List<String> names = groups.stream()
                .map(group -> group.substring(group.lastIndexOf(' ') + 1))
                .toList();
        return " GROUP BY " + String.join(", ", names) + " ORDER BY " + String.join(" NULLS LAST, ", names)
                + " NULLS LAST";
    }

    private static String joins(CostQuery query, Map<String, Object> values) {
        StringBuilder joins = new StringBuilder();
        if (query.tenant() != null) {
            joins.append(" JOIN ralph.orchestrations o ON o.id = a.run_id AND o.tenant = :tenant");
            values.put("tenant", query.tenant());
        }
        int number = 0;
        for (Map.Entry<String, String> label : new TreeMap<>(query.labels()).entrySet()) {
            joins.append(
                    " JOIN ralph.run_labels l%1$d ON l%1$d.run_id = a.run_id AND l%1$d.name = :name%1$d AND l%1$d.label = :label%1$d"
                            .formatted(number));
            values.put("name" + number, label.getKey());
            values.put("label" + number, label.getValue());
            number++;
        }
        if (query.byLabel() != null) {
            joins.append(" LEFT JOIN ralph.run_labels g ON g.run_id = a.run_id AND g.name = :byLabel");
            values.put("byLabel", query.byLabel());
        }
        return joins.toString();
    }

    private static String conditions(CostQuery query, Map<String, Object> values) {
        List<String> conditions = new ArrayList<>(List.of("a.ended_at IS NOT NULL"));
        if (query.from() != null) {
            conditions.add("a.ended_at >= :from");
            values.put("from", StoredTime.of(query.from()));
        }
        if (query.before() != null) {
            conditions.add("a.ended_at < :before");
            values.put("before", StoredTime.of(query.before()));
        }
        if (query.agent() != null) {
            conditions.add("a.agent = :agent");
            values.put("agent", query.agent());
        }
        return String.join(" AND ", conditions);
    }

    private static CostSum sum(ResultSet row, CostQuery query) throws SQLException {
        return new CostSum(
                query.byDay() ? row.getObject("settled_on", LocalDate.class) : null,
                query.byAgent() ? row.getString("by_agent") : null,
                query.byLabel() == null ? null : row.getString("by_label"),
                row.getLong("attempts"),
                row.getLong("unmetered"),
                new Usage(
                        tokens(row, "input_tokens"),
                        tokens(row, "output_tokens"),
                        tokens(row, "cache_read_tokens"),
                        tokens(row, "cache_write_tokens")),
                new Spend(amount(row, "billed"), amount(row, "estimated"), amount(row, "not_known")));
    }

    private static long tokens(ResultSet row, String column) throws SQLException {
        return amount(row, column).min(MOST).longValueExact();
    }

    /** Sums of nothing are null. */
    private static BigDecimal amount(ResultSet row, String column) throws SQLException {
        BigDecimal amount = row.getBigDecimal(column);
        return amount == null ? BigDecimal.ZERO : amount;
    }
}
