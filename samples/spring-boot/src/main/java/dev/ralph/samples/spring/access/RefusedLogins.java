/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.access;

import dev.ralph.samples.spring.edge.LoginLimit;
import dev.ralph.samples.spring.edge.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * What happens when a credential is refused: it counts against its address, and it is recorded, but neither more often than
 * its address may fail nor, for all addresses together, more than {@value #RECORDED_A_MINUTE} times a minute. Nobody fills the
 * trail by guessing; how many were left out is said in the next entry.
 *
 * <p>A good credential is never refused for the bad ones of its address: keys are too long to be guessed, so that a lock-out
 * would only serve who wants to lock out.
 */
@Component
public final class RefusedLogins {

    static final int RECORDED_A_MINUTE = 60;

    private final LoginLimit limit;
    private final AccessTrail trail;
    private final InstantSource clock = InstantSource.system();

    private Instant minuteEnds = Instant.EPOCH;
    private int recorded;
    private long leftOut;

    RefusedLogins(LoginLimit limit, AccessTrail trail) {
        this.limit = limit;
        this.trail = trail;
    }

    /**
     * Counts a try before it is made, for what is tried seldom.
     *
     * @return whether it may be made
     */
    Verdict count(String address) {
        return limit.count(address);
    }

    /** Counts and records; what is answered depends on whether the address may try again. */
    Verdict refused(Login.Refused login, String address) {
        Verdict verdict = limit.count(address);
        if (verdict.allowed()) {
            record(login, address);
        } else {
            leaveOut();
        }
        return verdict;
    }

    /** Records what was counted before. */
    public void record(Login.Refused login, String address) {
        long before = mayRecord();
        if (before < 0) {
            return;
        }
        Map<String, String> details = new LinkedHashMap<>();
        details.put("reason", login.reason());
        if (before > 0) {
            details.put("not_recorded_before", Long.toString(before));
        }
        String principal = login.principal() == null ? "anonymous" : login.principal();
        trail.refused(principal, login.tenant(), address, details);
    }

    private synchronized void leaveOut() {
        leftOut++;
    }

    /** How many were left out since the last one that was recorded, or -1 if this one is left out, too. */
    private synchronized long mayRecord() {
        Instant now = clock.instant();
        if (!now.isBefore(minuteEnds)) {
            minuteEnds = now.plus(Duration.ofMinutes(1));
            recorded = 0;
        }
        if (recorded == RECORDED_A_MINUTE) {
            leftOut++;
            return -1;
        }
        recorded++;
        long before = leftOut;
        leftOut = 0;
        return before;
    }
}
