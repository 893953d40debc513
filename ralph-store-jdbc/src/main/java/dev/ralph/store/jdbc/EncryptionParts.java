/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import dev.ralph.ConfigurationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What encrypts content of a store. */
record EncryptionParts(DataKeys keys, ContentForm content, PersonalFields personal, KeyUpkeep upkeep) {

    private static final Logger LOG = LoggerFactory.getLogger(EncryptionParts.class);

    /**
     * Puts it together, and refuses keys that do not fit what is in the database.
     *
     * @throws ConfigurationException if a key is missing or wrong, or content is in clear where none may be
     */
    static EncryptionParts of(Database database, Dialect dialect, EncryptionConfig config) {
        AesGcm cipher = new AesGcm();
        DataKeys keys = new DataKeys(database, dialect, config.keys().ring(), cipher);
        RunKeys runKeys = new RunKeys(database, keys);
        keys.requireUsable();
        if (config.keys().isEmpty()) {
            if (config.acceptClear()) {
                throw new ConfigurationException(
                        "ENCRYPTION_ACCEPT_CLEAR is true, but there is no ENCRYPTION_KEY; set one, or"
                                + " take the other away: without a key everything is in clear");
            }
            PersonalFields personal = new PersonalFields(null, keys);
            return new EncryptionParts(
                    keys, new ContentForm(null, keys, runKeys, personal), personal, KeyUpkeep.NOTHING);
        }
        if (!config.acceptClear() && ClearRuns.areThere(database)) {
            throw new ConfigurationException(
                    "this database has runs from before there was an encryption key, in clear; set"
                            + " ENCRYPTION_ACCEPT_CLEAR to true on every node until maintenance has sealed them, or purge them");
        }
        LOG.info("Content is encrypted under key {}", config.keys().ring().current());
        Seals seals = new Seals(keys, runKeys, cipher, config.acceptClear());
        PersonalFields personal = new PersonalFields(seals, keys);
        ClearRuns clear = new ClearRuns(database, dialect, keys, seals);
        return new EncryptionParts(
                keys,
                new ContentForm(seals, keys, runKeys, personal),
                personal,
                new KeyUpkeep(keys, config.acceptClear() ? clear : null));
    }
}
