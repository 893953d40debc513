/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ralph.RunSpec;
import dev.ralph.StoreException;
import dev.ralph.WorkspaceRef;
import dev.ralph.event.StateEvent;
import dev.ralph.internal.machine.LoopState;
import dev.ralph.spi.Payload;
import dev.ralph.spi.StoredEvent;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Reads and writes what a store keeps of a run. Within one version, newer code may add top-level fields to the state;
 * older code keeps them through a round trip. Any other change takes a new version, which older nodes do not claim.
 * Thread-safe.
 */
public final class RunCodec {

    /** The version of specs, states and events this code writes, but for runs that need {@link #WORKSPACES}. */
    public static final int VERSION = 1;

    /** The version of specs and states of runs that do not work in a directory: older nodes know of no other workspaces. */
    public static final int WORKSPACES = 2;

    /** The versions of state this code can read. */
    public static final Set<Integer> READABLE = Set.of(VERSION, WORKSPACES);

    private static final String EXTRAS = "extras";
    /** Older specs have none. */
    private static final String PRIORITY = "priority";

    /** In specs of version 1 the path of a directory, as older nodes know it. */
    private static final String WORKSPACE = "workspace";

    /** Older states have none. */
    private static final String WHEREABOUTS = "whereabouts";

    /** Beside the fields of a spec; only if it was submitted by a host that traces. */
    private static final String TRACE = "trace";

    private static final String TYPE = "type";
    private static final Set<String> STATE_FIELDS = Arrays.stream(LoopState.class.getRecordComponents())
            .map(RecordComponent::getName)
            .collect(Collectors.toUnmodifiableSet());

    public Payload encode(RunSpec spec) {
        return encode(spec, Map.of());
    }

    /**
     * Writes a spec.
     *
     * @param trace the trace context it was submitted in, by header; older nodes do not look at it
     */
    public Payload encode(RunSpec spec, Map<String, String> trace) {
        ObjectNode tree = RalphJson.mapper().valueToTree(spec);
        if (version(spec) == VERSION) {
            spec.workspace().path().ifPresent(path -> tree.put(WORKSPACE, path.toString()));
        }
        if (!trace.isEmpty()) {
            tree.set(TRACE, RalphJson.mapper().valueToTree(trace));
        }
        return payload(version(spec), tree);
    }

    /**
     * Reads the trace context of a spec; empty if there is none.
     *
     * @throws StoreException as {@link #spec}
     */
    public Map<String, String> trace(Payload payload) {
        Map<String, String> trace = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> header :
                tree(payload, "spec").path(TRACE).properties()) {
            if (header.getValue().isTextual()) {
                trace.put(header.getKey(), header.getValue().textValue());
            }
        }
        return trace;
    }

    /** A directory with other settings than older nodes know would lose them on the way. */
    private static int version(RunSpec spec) {
        return spec.workspace()
                        .path()
                        .filter(path -> WorkspaceRef.directory(path).equals(spec.workspace()))
                        .isPresent()
                ? VERSION
                : WORKSPACES;
    }

    /**
     * Reads a spec.
     *
     * @throws StoreException if the bytes are damaged or of a version this code does not know
     */
    public RunSpec spec(Payload payload) {
        ObjectNode tree = tree(payload, "spec");
        if (!tree.has(PRIORITY)) {
            tree.put(PRIORITY, 0);
        }
        if (tree.path(WORKSPACE).isTextual()) {
            Path directory = Path.of(tree.path(WORKSPACE).textValue());
            tree.set(WORKSPACE, RalphJson.mapper().valueToTree(WorkspaceRef.directory(directory)));
        }
        return read(payload, RunSpec.class, tree);
    }

    /**
     * Writes a state, in the version that says which nodes can work the run.
     *
     * @param spec what the run is to do
     */
    public Payload encode(LoopState state, RunSpec spec) {
        ObjectNode tree = RalphJson.mapper().valueToTree(state);
        tree.remove(EXTRAS);
        state.extras().forEach((name, json) -> tree.set(name, parse(json)));
        return payload(version(spec), tree);
    }

    /**
     * Reads a state.
     *
     * @throws StoreException if the bytes are damaged or of a version this code does not know
     */
    public LoopState state(Payload payload) {
        ObjectNode tree = tree(payload, "state");
        ObjectNode extras = RalphJson.mapper().createObjectNode();
        tree.properties().stream()
                .filter(field -> !STATE_FIELDS.contains(field.getKey()))
                .forEach(field -> extras.put(field.getKey(), field.getValue().toString()));
        tree.set(EXTRAS, extras);
        if (!tree.has(WHEREABOUTS)) {
            tree.set(
                    WHEREABOUTS,
                    RalphJson.mapper()
                            .createObjectNode()
                            .put("failures", 0)
                            .put("problem", "")
                            .put("unpublished", 0));
        }
        return read(payload, LoopState.class, tree);
    }

    public StoredEvent encode(StateEvent event) {
        ObjectNode tree = RalphJson.mapper().valueToTree(event);
        return new StoredEvent(event.seq(), tree.path(TYPE).asText(), event.at(), payload(VERSION, tree));
    }

    /**
     * Reads an event.
     *
     * @return empty if a newer version wrote it and this code does not know it
     * @throws StoreException if the bytes are damaged
     */
    public Optional<StateEvent> event(StoredEvent event) {
        if (event.payload().version() != VERSION) {
            return Optional.empty();
        }
        ObjectNode tree = tree(event.payload(), "event");
        String type = tree.path(TYPE).asText();
        return type.isEmpty() || RalphJson.eventTypes().contains(type)
                ? Optional.of(read(event.payload(), StateEvent.class, tree))
                : Optional.empty();
    }

    private ObjectNode tree(Payload payload, String what) {
        if (!READABLE.contains(payload.version())) {
            throw new StoreException("the stored " + what + " has version " + payload.version()
                    + ", this node reads versions " + new TreeSet<>(READABLE) + "; upgrade this node");
        }
        try {
            JsonNode tree = RalphJson.mapper().readTree(payload.bytes());
            if (tree instanceof ObjectNode object) {
                return object;
            }
            throw new StoreException("the stored " + what + " is damaged: it is not a JSON object");
        } catch (IOException e) {
            throw new StoreException("the stored " + what + " is damaged: it is not JSON", e);
        }
    }

    private <T> T read(Payload payload, Class<T> type, JsonNode tree) {
        try {
            return RalphJson.mapper().treeToValue(tree, type);
        } catch (JsonProcessingException e) {
            throw new StoreException(
                    "the stored " + type.getSimpleName() + " of " + payload.size() + " bytes is damaged: "
                            + e.getOriginalMessage(),
                    e);
        }
    }

    private Payload payload(int version, JsonNode tree) {
        try {
            return new Payload(version, RalphJson.mapper().writeValueAsBytes(tree));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write JSON", e);
        }
    }

    private JsonNode parse(String json) {
        try {
            return RalphJson.mapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("extras hold no JSON", e);
        }
    }
}
