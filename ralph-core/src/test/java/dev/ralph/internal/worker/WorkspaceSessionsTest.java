/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ralph.RunId;
import dev.ralph.WorkspaceException;
import dev.ralph.WorkspaceRef;
import dev.ralph.internal.workspace.DirectorySource;
import dev.ralph.internal.workspace.WorkspaceOptions;
import dev.ralph.spi.WorkspaceRequest;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkspaceSessionsTest {

    private final WorkspaceSessions sessions = sessions(false);
    private final WorkspaceRequest request = new WorkspaceRequest(
            RunId.parse("0199d6a0-0000-7000-8000-000000000001"),
            new WorkspaceRef("cloud", Map.of()),
            "the place of another node",
            null);

    @Test
    void aWorkspaceOfAKindThatIsNotKnownHereIsElsewhere() {
        assertThat(sessions.has(request)).isFalse();
    }

    @Test
    void itIsWaitedForAndTheReasonSaysWhatIsMissing() throws Exception {
        assertThat(sessions.hold(request))
                .isInstanceOfSatisfying(
                        WorkspaceSessions.Access.Away.class,
                        away -> assertThat(away.message()).contains("'cloud'").contains("WorkspaceProvider"));
    }

    @Test
    void aDirectoryThatIsNotThereIsLostOnlyWhereNoOtherNodeMayHaveIt() throws Exception {
        WorkspaceRequest missing =
                new WorkspaceRequest(request.run(), WorkspaceRef.directory(Path.of("/nowhere/at/all")), null, null);

        assertThatExceptionOfType(WorkspaceException.class).isThrownBy(() -> sessions.hold(missing));
        assertThat(sessions(true).hold(missing))
                .isInstanceOfSatisfying(
                        WorkspaceSessions.Access.Away.class,
                        away -> assertThat(away.message()).contains("/nowhere/at/all"));
    }

    private static WorkspaceSessions sessions(boolean distributed) {
        return new WorkspaceSessions(
                new WorkspaceSources(Map.of("directory", new DirectorySource())),
                WorkspaceOptions.defaults(),
                command -> {
                    throw new AssertionError("git is not needed here");
                },
                InstantSource.system(),
                distributed);
    }
}
