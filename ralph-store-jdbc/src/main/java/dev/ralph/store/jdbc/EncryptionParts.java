/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import dev.ralph.ConfigurationException;
import dev.ralph.RunId;
import dev.ralph.log.LogText;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What encrypts content of a store. */
record EncryptionParts(
        DataKeys keys,
        ContentForm content,
        PersonalFields personal,
        KeyUpkeep upkeep,
        UnneededKeys unneeded,
        @Nullable ClearRuns clearRuns) {

    private static final Logger LOG = LoggerFactory.getLogger(EncryptionParts.class);

    /**
     * Puts it together, and refuses keys that do not fit what is in the database.
     *
     * @throws ConfigurationException if a key is missing or wrong, or content is in clear where none may be
     */
    static EncryptionParts of(Database database, Dialect dialect, EncryptionConfig config) {
        AesGcm cipher = new AesGcm();
        KeyWrapping wrapping = new KeyWrapping(config.keys().ring(), cipher);
        DataKeys keys = new DataKeys(database, dialect, wrapping);
        RunKeys runKeys = new RunKeys(database, keys);
        KeyUpkeep upkeep = new KeyUpkeep(database, wrapping);
        upkeep.requireUsable();
        require(database, config);
        Seals seals = config.keys().isEmpty() ? null : new Seals(keys, runKeys, cipher, config.acceptClear());
        PersonalFields personal = new PersonalFields(seals, keys);
        return new EncryptionParts(
                keys,
                new ContentForm(seals, keys, runKeys, personal),
                personal,
                upkeep,
                new UnneededKeys(database, dialect),
                seals == null || !config.acceptClear() ? null : new ClearRuns(database, dialect, keys, seals));
    }

    /**
     * Leaves a data key in a database that has none. Called once nothing else can keep the store from being opened: those to come
     * have to fit it.
     *
     * @throws ConfigurationException if somebody else was faster, with another key or with content in clear
     */
    void begin(Database database, EncryptionConfig config) {
        if (!config.keys().isEmpty()) {
            keys.makeFirst(config.acceptClear());
            upkeep.requireUsable();
            require(database, config);
        }
    }

    /** Does what is to be done from time to time, and adds it to the report. */
    MaintenanceReport maintain(MaintenanceReport report) {
        if (!content.seals()) {
            return report;
        }
        Upkeep wrapped = upkeep.wrapAnew();
        Upkeep sealed = clearRuns == null ? Upkeep.NOTHING : clearRuns.seal();
        return report.withKeys(wrapped, sealed, unneeded.destroy());
    }

    /** Whoever takes a run up would go on to write in clear. */
    void beforeClaim(RunId run) {
        if (clearRuns != null) {
            clearRuns.seal(run);
        }
    }

    private static void require(Database database, EncryptionConfig config) {
        if (config.keys().isEmpty()) {
            if (config.acceptClear()) {
                throw new ConfigurationException(
                        "ENCRYPTION_ACCEPT_CLEAR is true, but there is no ENCRYPTION_KEY; set one,"
                                + " or take the other away: without a key everything is in clear");
            }
            return;
        }
        if (!config.acceptClear() && database.read(ClearRuns::areThere)) {
            throw new ConfigurationException(
                    "this database has runs from before there was an encryption key, in clear; set"
                            + " ENCRYPTION_ACCEPT_CLEAR to true on every node until maintenance has sealed them, or purge them");
        }
        LOG.info(
                "Content is encrypted under key {}",
                LogText.line(config.keys().ring().current()));
    }
}
