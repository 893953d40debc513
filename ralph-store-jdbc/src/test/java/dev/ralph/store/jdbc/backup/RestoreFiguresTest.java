/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ralph.store.jdbc.ManyRuns;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** How long back-up, verification and restore of 1,000,000 iterations take. */
@Tag("linux")
@Tag("pgclient")
@Tag("scale")
@Timeout(1200)
class RestoreFiguresTest {

    private static final int RUNS = 200_000;

    @RegisterExtension
    static final ClientServer SERVER = new ClientServer();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    @SuppressWarnings("SystemOut")
    void aMillionIterationsAreBackWithinMinutes() throws Exception {
        String database = SERVER.server().migrated();
        ManyRuns.store(SERVER.server(), database, RUNS);
        long rows = SERVER.count(database, "SELECT count(*) FROM ralph.iterations");
        Shell shell = new Shell(folder)
                .with("DATABASE_URL", SERVER.server().url(database))
                .with("BACKUP_DIR", folder.resolve("backups").toString());
        Duration backUp = time(() -> shell.script("backup.sh").requireSuccess());
        Path backup;
        try (Stream<Path> backups = Files.list(folder.resolve("backups"))) {
            backup = backups.filter(Files::isDirectory).findFirst().orElseThrow();
        }
        Duration verify = time(() -> shell.script("verify.sh").requireSuccess());
        SERVER.server().drop(database);
        String restored = SERVER.server().empty();
        Duration restore = time(() ->
                System.out.print(shell.with("DATABASE_URL", SERVER.server().url(restored))
                        .script("restore.sh", backup.toString())
                        .requireSuccess()
                        .output()));

        System.out.printf(
                "%,d iterations, dump of %,d MB: back-up %.1f s, verification %.1f s, restore %.1f s%n",
                rows,
                Files.size(backup.resolve("database.dump")) / 1_000_000,
                backUp.toMillis() / 1000.0,
                verify.toMillis() / 1000.0,
                restore.toMillis() / 1000.0);
        assertThat(rows).isEqualTo(RUNS * 5L);
        assertThat(restore).isLessThan(Duration.ofMinutes(10));
    }

    private interface Action {
        void run() throws Exception;
    }

    private static Duration time(Action action) throws Exception {
        long begin = System.nanoTime();
        action.run();
        return Duration.ofNanos(System.nanoTime() - begin);
    }
}
