/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.keys;

import dev.ralph.samples.spring.access.AccessSettings;
import dev.ralph.samples.spring.access.Caller;
import dev.ralph.samples.spring.access.OidcSettings;
import dev.ralph.samples.spring.access.Role;
import dev.ralph.samples.spring.log.LogMarkers;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * How a tenant comes to its first key: a token that whoever reads the log of the first start exchanges for it, once. There is no
 * password to change, and none to forget to change.
 */
@Component
public final class SetupTokens {

    private static final Logger LOG = LoggerFactory.getLogger(SetupTokens.class);
    private static final String PRINCIPAL = "setup";

    private final JdbcClient database;
    private final KeyStore store;
    private final Keys keys;
    private final KeySettings settings;
    private final List<String> tenants;
    private final boolean announces;
    private final KeyTransactions transactions;
    private final Environment environment;

    SetupTokens(
            JdbcClient database,
            KeyStore store,
            Keys keys,
            KeySettings settings,
            AccessSettings access,
            OidcSettings oidc,
            KeyTransactions transactions,
            Environment environment) {
        this.database = database;
        this.store = store;
        this.keys = keys;
        this.settings = settings;
        this.tenants = access.tenants();
        this.announces = switch (settings.setupToken()) {
            case AUTO -> oidc.issuer() == null;
            case ALWAYS, RENEW -> true;
            case NEVER -> false;
        };
        this.transactions = transactions;
        this.environment = environment;
    }

    private record Kept(String tenant, String hash) {}

    /**
     * Prints a token for each tenant that has no good administrator's key, if that is wanted, unless another start did so and
     * it is still good.
     */
    @EventListener(ApplicationReadyEvent.class)
    public void announce() {
        if (!announces) {
            return;
        }
        for (String tenant : tenants) {
            Instant now = Instant.now();
            if (store.countLive(tenant, Role.ADMIN, now) == 0) {
                announce(tenant, now);
            }
        }
    }

    private void announce(String tenant, Instant now) {
        String secret = SecretText.newSecret();
        Instant expiresAt = now.plus(settings.setupLifetime());
        if (keep(tenant, SecretText.hash(secret), now, expiresAt)) {
            LOG.warn(
                    LogMarkers.FOR_THE_OPERATOR,
                    "Tenant '{}' has no administrator. Until {} this token, once, makes one: {}\n    curl -H 'Accept: text/plain'"
                            + " --json '{\"token\":\"{}\",\"name\":\"first\"}' http://localhost:{}/api/v1/setup",
                    tenant,
                    expiresAt,
                    SecretText.setupToken(secret),
                    SecretText.setupToken(secret),
                    environment.getProperty("local.server.port", "8088"));
        } else {
            LOG.warn(
                    "Tenant '{}' has no administrator. A token that makes one was printed at an earlier start, of this or"
                            + " another instance; host.keys.setup-token=renew prints another one",
                    tenant);
        }
    }

    /** True for one instance alone: the row is inserted once, and what expired is replaced once. */
    private boolean keep(String tenant, String hash, Instant now, Instant expiresAt) {
        int replaced = database.sql("update \"host\".setup_token set token_hash = :hash, expires_at = :expiresAt"
                        + " where tenant = :tenant and (expires_at <= :now or :renew)")
                .param("hash", hash)
                .param("expiresAt", KeyStore.stored(expiresAt))
                .param("tenant", tenant)
                .param("now", KeyStore.stored(now))
                .param("renew", settings.setupToken() == SetupAnnouncement.RENEW)
                .update();
        if (replaced == 1) {
            return true;
        }
        try {
            return database.sql("insert into \"host\".setup_token (tenant, token_hash, expires_at)"
                                    + " values (:tenant, :hash, :expiresAt)")
                            .param("tenant", tenant)
                            .param("hash", hash)
                            .param("expiresAt", KeyStore.stored(expiresAt))
                            .update()
                    == 1;
        } catch (DuplicateKeyException e) {
            return false;
        }
    }

    /**
     * Exchanges a token for an administrator's key of its tenant.
     *
     * @param address where it is asked from, for the audit trail
     * @return empty if the token is none, was used, or has expired, or the tenant has got an administrator's key in the
     *     meantime; which of them is not said
     * @throws dev.ralph.InvalidValueException if the name is not one for keys
     */
    public Optional<IssuedKey> exchange(String token, String name, String address) {
        Optional<String> hash = SecretText.readSetupToken(token);
        return hash.isEmpty() ? Optional.empty() : transactions.run(() -> exchangeHash(hash.get(), name, address));
    }

    private Optional<IssuedKey> exchangeHash(String hash, String name, String address) {
        return database
                .sql("select tenant, token_hash from \"host\".setup_token where expires_at > :now")
                .param("now", KeyStore.stored(Instant.now()))
                .query((row, ignored) -> new Kept(row.getString("tenant"), row.getString("token_hash")))
                .list()
                .stream()
                .filter(kept -> SecretText.same(kept.hash(), hash) && tenants.contains(kept.tenant()))
                .filter(this::use)
                .filter(kept -> store.countLive(kept.tenant(), Role.ADMIN, Instant.now()) == 0)
                .findFirst()
                .map(kept -> keys.issueFirst(new Caller(PRINCIPAL, kept.tenant(), Role.ADMIN, address), name));
    }

    /** True for one of those who try at once. */
    private boolean use(Kept kept) {
        return database.sql("delete from \"host\".setup_token where tenant = :tenant and token_hash = :hash")
                        .param("tenant", kept.tenant())
                        .param("hash", kept.hash())
                        .update()
                == 1;
    }
}
