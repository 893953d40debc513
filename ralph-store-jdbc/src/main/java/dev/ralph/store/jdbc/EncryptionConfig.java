/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

/**
 * How a {@link JdbcStore} encrypts content at rest.
 *
 * @param keys what content is encrypted under; without a key it is stored in clear
 * @param acceptClear whether content that is there in clear, from before there were keys, is read. {@link JdbcStore#maintain}
 *     seals it; once it has, this is to be false again: whoever can write to the database could pass off content of theirs
 */
public record EncryptionConfig(EncryptionKeys keys, boolean acceptClear) {

    /** Without a key. */
    public static final EncryptionConfig NONE = new EncryptionConfig(EncryptionKeys.NONE, false);

    /** With these keys, for a database that has no content in clear. */
    public static EncryptionConfig with(EncryptionKeys keys) {
        return new EncryptionConfig(keys, false);
    }

    /** The same, which reads content from before there were keys as well. */
    public EncryptionConfig acceptingClear() {
        return new EncryptionConfig(keys, true);
    }
}
