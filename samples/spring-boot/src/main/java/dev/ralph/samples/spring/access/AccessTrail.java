/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.access;

import dev.ralph.Orchestrator;
import dev.ralph.RunId;
import dev.ralph.audit.AuditEntry;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Records in the audit trail of the store what is done to keys, and log-ins that were refused. These are no runs' entries: they
 * are recorded under names of the host's own.
 */
@Component
public final class AccessTrail {

    /** A key was made; the details have its role and when it expires. */
    public static final String KEY_ISSUED = "key.issue";

    /** A key got another secret. */
    public static final String KEY_ROTATED = "key.rotate";

    /** A key was made useless. */
    public static final String KEY_REVOKED = "key.revoke";

    /** A set-up token was exchanged for the first key of a tenant. */
    public static final String SET_UP = "setup.exchange";

    /** A credential was refused; the details say why. */
    public static final String LOGIN_REFUSED = "login.refused";

    private static final Logger LOG = LoggerFactory.getLogger(AccessTrail.class);

    private final Orchestrator ralph;
    private final String node;

    /**
     * Records through the orchestrator.
     *
     * @param node the name of this node, if the host names it
     */
    AccessTrail(Orchestrator ralph, @Value("${ralph.node:}") String node) {
        this.ralph = ralph;
        this.node = node.isBlank() ? thisProcess() : node;
    }

    private static String thisProcess() {
        long pid = ProcessHandle.current().pid();
        try {
            return InetAddress.getLocalHost().getHostName() + "/" + pid;
        } catch (UnknownHostException e) {
            return "localhost/" + pid;
        }
    }

    /**
     * Records something done by a caller.
     *
     * @param resource to what, such as {@code key/<id>}
     * @param details what else is known; no secrets
     * @throws dev.ralph.StoreUnavailableException if it cannot be recorded: what is not recorded must not be done
     */
    public void done(Caller by, String action, String resource, Map<String, String> details) {
        record(by.principal(), by.address(), action, resource, by.tenant(), AuditEntry.DONE, details);
    }

    /** Records that something was refused to whoever asked from this address; if that fails, it is logged and goes on. */
    void refused(String principal, @Nullable String tenant, String address, Map<String, String> details) {
        try {
            record(principal, address, LOGIN_REFUSED, "host", tenant, AuditEntry.FAILED, details);
        } catch (RuntimeException e) {
            LOG.warn(
                    "A refused log-in could not be recorded in the audit trail: {}",
                    ralph.redaction().line(e));
        }
    }

    private void record(
            String principal,
            @Nullable String address,
            String action,
            String resource,
            @Nullable String tenant,
            String outcome,
            Map<String, String> details) {
        Instant now = Instant.now();
        ralph.audit()
                .ifPresent(trail -> trail.record(new AuditEntry(
                        RunId.create(now).value(),
                        now,
                        principal,
                        address,
                        action,
                        resource,
                        null,
                        tenant,
                        outcome,
                        node,
                        details)));
    }
}
