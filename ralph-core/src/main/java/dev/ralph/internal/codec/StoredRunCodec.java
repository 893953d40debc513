/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ralph.RunId;
import dev.ralph.RunSnapshot;
import dev.ralph.StoreException;
import dev.ralph.cache.CacheCodec;
import dev.ralph.spi.ContentSeal;
import dev.ralph.spi.Payload;
import dev.ralph.spi.StoredRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/**
 * A row as it is cached: the run's id, and JSON. Where the store seals content, the JSON is sealed with the run's key, all of
 * it: it has prompts, details, the subject, and none of it is needed to find it. Once the key is destroyed it does not open.
 */
record StoredRunCodec(JsonMapper mapper, Optional<ContentSeal> seal) implements CacheCodec<StoredRun> {

    private static final int ID_LENGTH = 16;
    private static final String PLACE = "cache:run";

    @Override
    public int version() {
        return CacheCodecs.VERSION;
    }

    @Override
    public byte[] encode(StoredRun run) {
        RunId id = run.snapshot().id();
        byte[] json = json(run);
        byte[] content = seal.map(sealing -> sealing.seal(id, PLACE, json)).orElse(json);
        return ByteBuffer.allocate(ID_LENGTH + content.length)
                .putLong(id.value().getMostSignificantBits())
                .putLong(id.value().getLeastSignificantBits())
                .put(content)
                .array();
    }

    @Override
    public StoredRun decode(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        RunId id = new RunId(new UUID(buffer.getLong(), buffer.getLong()));
        byte[] content = Arrays.copyOfRange(bytes, ID_LENGTH, bytes.length);
        StoredRun run =
                run(seal.map(sealing -> sealing.open(id, PLACE, content)).orElse(content));
        if (!run.snapshot().id().equals(id)) {
            throw new StoreException("the cached row of run " + id + " is of another run");
        }
        return run;
    }

    private byte[] json(StoredRun run) {
        ObjectNode tree = mapper.createObjectNode();
        tree.set("snapshot", mapper.valueToTree(run.snapshot()));
        tree.set("spec", tree(run.spec()));
        tree.set("state", tree(run.state()));
        tree.put("epoch", run.epoch());
        tree.put("commandsThrough", run.commandsThrough());
        tree.put("lastEvent", run.lastEvent());
        Instant leaseUntil = run.leaseUntil();
        if (leaseUntil != null) {
            tree.put("leaseUntil", leaseUntil.toString());
        }
        try {
            return mapper.writeValueAsBytes(tree);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private StoredRun run(byte[] json) {
        try {
            JsonNode tree = mapper.readTree(json);
            JsonNode leaseUntil = tree.get("leaseUntil");
            return new StoredRun(
                    mapper.treeToValue(tree.required("snapshot"), RunSnapshot.class),
                    payload(tree.required("spec")),
                    payload(tree.required("state")),
                    tree.required("epoch").longValue(),
                    tree.required("commandsThrough").longValue(),
                    tree.required("lastEvent").longValue(),
                    leaseUntil == null ? null : Instant.parse(leaseUntil.textValue()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ObjectNode tree(Payload payload) {
        return mapper.createObjectNode().put("version", payload.version()).put("bytes", payload.bytes());
    }

    private static Payload payload(JsonNode tree) throws IOException {
        return new Payload(
                tree.required("version").intValue(), tree.required("bytes").binaryValue());
    }
}
