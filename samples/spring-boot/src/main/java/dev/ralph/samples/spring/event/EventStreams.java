/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.event;

import dev.ralph.Run;
import dev.ralph.RunId;
import dev.ralph.log.LogText;
import dev.ralph.samples.spring.access.Caller;
import dev.ralph.samples.spring.access.Credential;
import dev.ralph.samples.spring.catalog.HostProperties;
import dev.ralph.samples.spring.problem.ProblemException;
import dev.ralph.samples.spring.problem.ProblemType;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Component;

/**
 * The event streams of this node. A run that is followed has one subscription, and so one thread, however many follow it. A
 * stream has none: it is written without blocking, and what it missed it reads from the store on one of a few threads that
 * all of them share.
 */
@Component
public final class EventStreams implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(EventStreams.class);
    private static final int READERS = 4;

    private final HostProperties.Followers bounds;
    private final EventJson json;
    private final ExecutorService readers =
            Executors.newFixedThreadPool(READERS, new CustomizableThreadFactory("ralph-events-"));
    private final ScheduledExecutorService heart =
            Executors.newSingleThreadScheduledExecutor(new CustomizableThreadFactory("ralph-events-heart-"));
    private final Map<RunId, RunChannel> channels = new ConcurrentHashMap<>();
    private final Set<EventStream> streams = ConcurrentHashMap.newKeySet();
    private final StreamPlaces places;
    private @Nullable Future<?> beats;
    private volatile boolean running;

    public EventStreams(HostProperties properties, EventJson json) {
        this.bounds = properties.followers();
        this.json = json;
        this.places = new StreamPlaces(bounds);
    }

    /**
     * Reserves a place for a stream of a run that is about to be submitted.
     *
     * @throws ProblemException if the caller, its tenant or this node has too many streams already, or the node is closing
     */
    public StreamPlaces.Place reserve(Caller caller) {
        return reserve(caller, true);
    }

    /**
     * Reserves a place for a stream of this run.
     *
     * @throws ProblemException if the caller, its tenant or this node has too many streams already, or the node is closing
     */
    public StreamPlaces.Place reserve(Caller caller, RunId run) {
        return reserve(caller, !channels.containsKey(run));
    }

    private StreamPlaces.Place reserve(Caller caller, boolean ofNewRun) {
        if (!running) {
            throw new ProblemException(
                    ProblemType.UNAVAILABLE, "This node is closing; follow the run from another one.", 1);
        }
        return places.reserve(caller, ofNewRun);
    }

    /**
     * Answers a request with the events of a run, until it has ended.
     *
     * @param place closed when the stream ends
     * @param after the last event the client has; 0 for none
     */
    public void begin(
            StreamPlaces.Place place, Run run, long after, HttpServletRequest request, HttpServletResponse response) {
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE + ";charset=UTF-8");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Accel-Buffering", "no");
        AsyncContext async = request.startAsync();
        // A stream ends itself when it has lasted as long as it may: the server's own time-out would not wait for who
        // is writing.
        async.setTimeout(0);
        try {
            EventStream stream = new EventStream(
                    run,
                    after,
                    async,
                    response.getOutputStream(),
                    json,
                    readers,
                    Credential.of(request),
                    bounds.maxDuration(),
                    ended -> {
                        leave(ended);
                        place.close();
                    });
            streams.add(stream);
            try {
                join(stream, place);
                stream.start();
            } catch (RuntimeException e) {
                leave(stream);
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            place.close();
            async.complete();
            throw e instanceof IOException failure ? new UncheckedIOException(failure) : (RuntimeException) e;
        }
        if (!running) {
            endAll();
        }
    }

    private void join(EventStream stream, StreamPlaces.Place place) {
        channels.compute(stream.run().id(), (id, channel) -> {
            if (channel != null) {
                place.leaveRun();
                channel.add(stream);
                return channel;
            }
            Runnable freeRun = place.takeRun();
            try {
                RunChannel opened = new RunChannel(json, freeRun);
                opened.add(stream);
                return opened;
            } catch (RuntimeException e) {
                freeRun.run();
                throw e;
            }
        });
    }

    private void leave(EventStream stream) {
        streams.remove(stream);
        channels.computeIfPresent(stream.run().id(), (id, channel) -> channel.remove(stream) ? null : channel);
    }

    private void endAll() {
        streams.forEach(EventStream::end);
    }

    /** An exception that left this would end the schedule, and so the heartbeat of every stream. */
    private void beat() {
        for (EventStream stream : streams) {
            try {
                stream.beat();
            } catch (RuntimeException e) {
                LOG.warn("Run {}: a stream was not written: {}", stream.run().id(), LogText.line(e.toString()));
            }
        }
    }

    @Override
    public void start() {
        running = true;
        long every = bounds.heartbeat().toMillis();
        beats = heart.scheduleWithFixedDelay(this::beat, every, every, TimeUnit.MILLISECONDS);
    }

    /** Before the web server stops: it would wait for streams to end. Clients go on where they were, on another node. */
    @Override
    public void stop() {
        running = false;
        endAll();
        if (beats != null) {
            beats.cancel(false);
        }
        heart.shutdown();
        readers.shutdown();
    }

    /** Not: what was closed does not come back. */
    @Override
    public boolean isPauseable() {
        return false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
