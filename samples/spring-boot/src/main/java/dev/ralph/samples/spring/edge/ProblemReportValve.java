/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.edge;

import dev.ralph.samples.spring.problem.ProblemWriter;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;

/** Answers what the server itself refuses before it knows whose request it is, such as a line that is no HTTP, as all errors are. */
final class ProblemReportValve extends ErrorReportValve {

    private static final int LEAST = 400;

    private final ProblemWriter problems;

    ProblemReportValve(ProblemWriter problems) {
        this.problems = problems;
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        if (response.getStatus() < LEAST || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        try {
            SecurityHeaders.STRICTEST.forEach(response::setHeader);
            problems.ofStatus(response.getResponse(), response.getStatus());
            response.finishResponse();
        } catch (IOException | RuntimeException e) {
            container.getLogger().debug("A client is gone", e);
        }
    }
}
