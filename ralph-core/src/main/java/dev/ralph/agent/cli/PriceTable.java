/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.agent.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ralph.ConfigurationException;
import dev.ralph.Cost;
import dev.ralph.Usage;
import dev.ralph.spi.ProviderContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What models cost, as of a date. For clients that report tokens and no money. It is data: prices change, and a host may
 * have its own. Immutable.
 *
 * <pre>{@code
 * {"asOf": "2026-11-01",
 *  "models": {
 *    "some-model": {"input": 1.25, "output": 10, "cacheRead": 0.125, "cacheWrite": 0,
 *                   "above": {"promptTokens": 200000, "input": 2.5, "output": 15, "cacheRead": 0.25, "cacheWrite": 0}}}}
 * }</pre>
 *
 * <p>Prices are US dollars for a million tokens. {@code above} is optional: what holds once the prompt (what was read, from
 * the cache or not, and written to the cache) is longer than {@code promptTokens}.
 */
public final class PriceTable {

    /** Money is decimal. */
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** What follows the name of a model in that of one of its versions: of any other word nobody knows the price. */
    private static final Pattern VERSION = Pattern.compile("([-@:.](v?\\d+|latest|preview|exp|experimental))*");

    private final LocalDate asOf;
    private final Map<String, ModelPrice> models;

    private PriceTable(LocalDate asOf, Map<String, ModelPrice> models) {
        this.asOf = asOf;
        this.models = Map.copyOf(models);
    }

    /**
     * Reads a table.
     *
     * @param name what to call it in messages: a file or a resource
     * @param json its text
     * @throws ConfigurationException naming the table, the field, the value and the fix
     */
    public static PriceTable parse(String name, String json) {
        JsonNode root;
        try {
            root = MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new ConfigurationException(
                    "price table " + name + " is no JSON (" + e.getOriginalMessage() + "); correct it", e);
        }
        PriceFields fields = new PriceFields(name);
        Map<String, ModelPrice> models = new TreeMap<>();
        fields.object("models", root.get("models")).properties().forEach(model -> {
            models.put(model.getKey(), fields.price("models." + model.getKey(), model.getValue()));
        });
        return new PriceTable(fields.date("asOf", root.get("asOf")), models);
    }

    /**
     * Reads a table from a file.
     *
     * @throws ConfigurationException if it cannot be read, or as {@link #parse} does
     */
    public static PriceTable read(Path file) {
        try {
            return parse(file.toString(), Files.readString(file));
        } catch (IOException e) {
            throw new ConfigurationException(
                    "price table " + file + " cannot be read as UTF-8 (" + e + "); correct the path or the file", e);
        }
    }

    /**
     * The table a host names, or another one.
     *
     * @param property the property that names a file, such as {@code RALPH_GEMINI_PRICES}
     * @param otherwise makes the table if the property is not set
     * @throws ConfigurationException if the file is not a table
     */
    public static PriceTable configured(ProviderContext context, String property, Supplier<PriceTable> otherwise) {
        Optional<String> file = context.property(property);
        try {
            return file.isPresent() ? read(Path.of(file.get())) : otherwise.get();
        } catch (ConfigurationException | java.nio.file.InvalidPathException e) {
            throw new ConfigurationException(property + ": " + e.getMessage(), e);
        }
    }

    /** The day for which the prices hold. */
    public LocalDate asOf() {
        return asOf;
    }

    /** The models it knows, without their versions or with them. */
    public Set<String> models() {
        return models.keySet();
    }

    /**
     * What tokens cost, {@link dev.ralph.CostKind#ESTIMATED}. A model is looked for by its name, then without what names
     * a version of it, numbers and {@code latest}, {@code preview} or {@code exp}: {@code some-model} is also the price of
     * {@code some-model-20261101}, but not of {@code some-model-image}. If the usage is that of several requests, the higher
     * price above a prompt length may be applied although no single prompt was that long: an estimate is rather too high.
     *
     * @return {@link Cost#UNKNOWN} if the model is not in the table
     */
    public Cost estimate(String model, Usage usage) {
        return estimate(model, usage, new Usage(usage.input(), 0, usage.cacheRead(), usage.cacheWrite()).total());
    }

    /**
     * As {@link #estimate(String, Usage)}, for the usage of several requests whose longest prompt is known, or nearly.
     *
     * @param longestPrompt tokens of the longest prompt
     */
    public Cost estimate(String model, Usage usage, long longestPrompt) {
        ModelPrice price = find(model);
        return price == null ? Cost.UNKNOWN : Cost.estimated(price.of(usage, longestPrompt));
    }

    private @Nullable ModelPrice find(String model) {
        for (int end = model.length(); end > 0; end--) {
            ModelPrice price = models.get(model.substring(0, end));
            if (price != null && VERSION.matcher(model.substring(end)).matches()) {
                return price;
            }
        }
        return null;
    }

    @Override
    public String toString() {
        return "PriceTable[asOf=" + asOf + ", " + models.size() + " models]";
    }
}
