/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ralph.Page;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;

/**
 * A page of a listing.
 *
 * @param items what is on it
 * @param next the cursor of the next page; not there on the last
 */
public record Listing<T>(
        List<T> items,

        @Schema(description = "Pass it as 'after' to get the next page; not there on the last.")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable String next) {

    /** Copies the items. */
    public Listing {
        items = List.copyOf(items);
    }

    /** All there is. */
    public static <T> Listing<T> all(List<T> items) {
        return new Listing<>(items, null);
    }

    /** A page, with the address of the next one in the header {@code Link}. */
    public static <S, T> ResponseEntity<Listing<T>> page(Page<S> page, Function<S, T> view, QueryParameters query) {
        return page(new Listing<>(page.items().stream().map(view).toList(), page.next()), query);
    }

    /** This page, with the address of the next one in the header {@code Link}. */
    public static <T> ResponseEntity<Listing<T>> page(Listing<T> page, QueryParameters query) {
        return linked(page, page.next(), query);
    }

    /** A page of another form, with the address of the next one, if there is one, in the header {@code Link}. */
    public static <B> ResponseEntity<B> linked(B page, @Nullable String next, QueryParameters query) {
        ResponseEntity.BodyBuilder response = ResponseEntity.ok();
        if (next != null) {
            response.header(HttpHeaders.LINK, "<" + query.pageAfter(next) + ">; rel=\"next\"");
        }
        return response.body(page);
    }
}
