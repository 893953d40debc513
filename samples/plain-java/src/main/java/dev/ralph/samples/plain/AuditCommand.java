/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain;

import dev.ralph.ConfigurationException;
import dev.ralph.InvalidValueException;
import dev.ralph.Page;
import dev.ralph.RunId;
import dev.ralph.audit.AuditHead;
import dev.ralph.audit.AuditLog;
import dev.ralph.audit.AuditQuery;
import dev.ralph.audit.AuditRecord;
import dev.ralph.audit.AuditVerification;
import dev.ralph.samples.plain.host.Host;
import dev.ralph.samples.plain.host.ProgramName;
import dev.ralph.samples.plain.view.AuditTable;
import dev.ralph.samples.plain.view.Json;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Tells who did what, or checks that the trail is what was written. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        description =
                "List who did what to which run, newest first; or check, with AUDIT_KEY, that nobody changed the trail"
                        + " behind Ralph's back.")
final class AuditCommand implements Callable<Integer> {

    @Option(names = "--run", paramLabel = "ID", description = "Only what was done to this run.")
    private @Nullable String run;

    @Option(names = "--principal", paramLabel = "WHO", description = "Only what was done by this one, such as os:ann.")
    private @Nullable String principal;

    @Option(names = "--action", paramLabel = "ACTION", description = "Only this, such as run.cancel.")
    private @Nullable String action;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = TimeText.class,
            description = "Only from this time (2026-01-31T08:00:00Z) or day (2026-01-31, UTC) on.")
    private @Nullable Instant since;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "Entries at most, 1 to " + AuditQuery.MAX_LIMIT
                    + " (default: ${DEFAULT-VALUE}). With --json, all there are.")
    private int limit = 50;

    @Option(names = "--after", paramLabel = "CURSOR", description = "The page after the one that printed this cursor.")
    private @Nullable String after;

    @Option(names = "--json", description = "Print JSON, one entry a line, oldest first.")
    private boolean json;

    @Option(names = "--verify", description = "Check the whole trail instead; prints its head, to be noted elsewhere.")
    private boolean verify;

    @Option(names = "--head", paramLabel = "HEAD", description = "With --verify: a head that was noted earlier.")
    private @Nullable String head;

    @Option(
            names = "--from-head",
            paramLabel = "HEAD",
            description = "With --verify: begin after this batch, to see what came after something that was found.")
    private @Nullable String fromHead;

    @Override
    public Integer call() throws IOException {
        try (Host host = Host.reading()) {
            AuditLog log = host.orchestrator()
                    .audit()
                    .orElseThrow(() -> new ConfigurationException("this store keeps no audit trail; use another one"));
            if (verify) {
                return verify(log).code();
            }
            if (head != null) {
                throw new InvalidValueException("--head", head, "goes with --verify; add that");
            }
            if (fromHead != null) {
                throw new InvalidValueException("--from-head", fromHead, "goes with --verify; add that");
            }
            AuditQuery query = AuditQuery.NEWEST
                    .withRun(run == null ? null : RunId.parse(run))
                    .withPrincipal(principal)
                    .withAction(action)
                    .withTime(since, null)
                    .withLimit(limit)
                    .withAfter(after);
            if (json) {
                // Not closed: it is the process's own.
                Writer out = new OutputStreamWriter(System.out, StandardCharsets.UTF_8);
                log.export(query, out);
            } else {
                print(log.list(query));
            }
            return ExitCode.OK.code();
        }
    }

    private static void print(Page<AuditRecord> page) {
        AuditTable.print(page.items(), System.out);
        if (page.next() != null) {
            System.out.println("More: " + ProgramName.with("audit --after " + page.next()));
        }
    }

    private ExitCode verify(AuditLog log) {
        AuditHead since = parsed(fromHead);
        AuditVerification verified = log.verify(since, parsed(head));
        if (json) {
            Json lines = new Json(System.out);
            lines.print(lines.object("audit_verification", verified));
        } else {
            AuditTable.print(verified, since, System.out);
        }
        return switch (verified.status()) {
            case VERIFIED -> ExitCode.OK;
            case BROKEN -> ExitCode.AUDIT_BROKEN;
            case UNSIGNED -> ExitCode.AUDIT_UNSIGNED;
        };
    }

    private static @Nullable AuditHead parsed(@Nullable String text) {
        return text == null ? null : AuditHead.parse(text);
    }

    /** A moment, or the beginning of a day. */
    static final class TimeText implements ITypeConverter<Instant> {

        /** For picocli. */
        TimeText() {}

        @Override
        public Instant convert(String text) {
            try {
                return text.contains("T")
                        ? Instant.parse(text)
                        : LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
            } catch (DateTimeException e) {
                throw new TypeConversionException(
                        "'" + text + "' is not a time; write one such as 2026-01-31 or 2026-01-31T08:00:00Z");
            }
        }
    }
}
