/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.codec;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.TypeFactory;
import dev.ralph.CostSum;
import dev.ralph.Page;
import dev.ralph.RunId;
import dev.ralph.RunSnapshot;
import dev.ralph.cache.CacheCodec;
import dev.ralph.spi.ContentSeal;
import dev.ralph.spi.StoredRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/**
 * What is cached outside this process. A change of what is written takes a new {@link #VERSION}: a field that is missing would
 * be read as if it were empty.
 */
public final class CacheCodecs {

    /** The version of all of them. */
    static final int VERSION = 1;

    private static final JsonMapper MAPPER = RalphJson.mapper();
    private static final TypeFactory TYPES = MAPPER.getTypeFactory();

    private CacheCodecs() {}

    /** Rows of runs, sealed whole if there is a seal. */
    public static CacheCodec<StoredRun> runs(Optional<ContentSeal> seal) {
        return new StoredRunCodec(MAPPER, seal);
    }

    public static CacheCodec<RunId> ids() {
        return new Json<>(TYPES.constructType(RunId.class));
    }

    /** Pages of listings, with details of runs in clear text. */
    public static CacheCodec<Page<RunSnapshot>> lists() {
        return new Json<>(TYPES.constructParametricType(Page.class, RunSnapshot.class));
    }

    public static CacheCodec<List<CostSum>> costs() {
        return new Json<>(TYPES.constructCollectionType(List.class, CostSum.class));
    }

    private record Json<V>(JavaType type) implements CacheCodec<V> {

        @Override
        public int version() {
            return VERSION;
        }

        @Override
        public byte[] encode(V value) {
            try {
                return MAPPER.writerFor(type).writeValueAsBytes(value);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public V decode(byte[] bytes) {
            try {
                return MAPPER.readerFor(type).readValue(bytes);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
