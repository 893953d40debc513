/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ralph.ConfigurationException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Takes the fields of a price table, and says what is wrong with one. */
final class PriceFields {

    private final String table;

    PriceFields(String table) {
        this.table = table;
    }

    JsonNode object(String field, @Nullable JsonNode value) {
        if (value == null || !value.isObject()) {
            throw wrong(field, value, "must be an object");
        }
        return value;
    }

    LocalDate date(String field, @Nullable JsonNode value) {
        try {
            if (value != null && value.isTextual()) {
                return LocalDate.parse(value.asText());
            }
        } catch (DateTimeException e) {
            throw wrong(field, value, "must be a date such as 2026-11-01");
        }
        throw wrong(field, value, "must be a date such as 2026-11-01");
    }

    ModelPrice price(String field, @Nullable JsonNode value) {
        JsonNode price = object(field, value);
        JsonNode above = price.get("above");
        if (above == null) {
            return new ModelPrice(rates(field, price), Long.MAX_VALUE, null);
        }
        String inner = field + ".above";
        object(inner, above);
        JsonNode limit = above.get("promptTokens");
        if (limit == null || !limit.canConvertToExactIntegral() || !limit.canConvertToLong() || limit.asLong() < 1) {
            throw wrong(inner + ".promptTokens", limit, "must be a number of tokens from 1 on");
        }
        return new ModelPrice(rates(field, price), limit.asLong(), rates(inner, above));
    }

    private ModelPrice.Rates rates(String field, JsonNode price) {
        return new ModelPrice.Rates(
                rate(field + ".input", price.get("input")),
                rate(field + ".output", price.get("output")),
                rate(field + ".cacheRead", price.get("cacheRead")),
                rate(field + ".cacheWrite", price.get("cacheWrite")));
    }

    private BigDecimal rate(String field, @Nullable JsonNode value) {
        if (value == null || !value.isNumber() || value.decimalValue().signum() < 0) {
            throw wrong(field, value, "must be US dollars for a million tokens, 0 or more");
        }
        return value.decimalValue();
    }

    private ConfigurationException wrong(String field, @Nullable JsonNode value, String rule) {
        return new ConfigurationException("price table " + table + ": " + field
                + (value == null ? " is missing; it " : " is " + value + "; it ") + rule);
    }
}
