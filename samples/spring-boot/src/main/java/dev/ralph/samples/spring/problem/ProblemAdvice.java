/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.problem;

import dev.ralph.ArtifactException;
import dev.ralph.ContentUnreadableException;
import dev.ralph.InvalidPromptException;
import dev.ralph.InvalidValueException;
import dev.ralph.OrchestratorClosedException;
import dev.ralph.RunNotFoundException;
import dev.ralph.RunStateException;
import dev.ralph.StoreUnavailableException;
import dev.ralph.WorkspaceException;
import dev.ralph.log.LogText;
import dev.ralph.samples.spring.catalog.UnknownNameException;
import dev.ralph.samples.spring.catalog.WorkspaceRefusedException;
import dev.ralph.samples.spring.web.BodyRefusedException;
import dev.ralph.samples.spring.web.InvalidRequestException;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.util.DisconnectedClientHelper;

/**
 * Turns whatever a handler throws into a problem. Messages of Ralph that name values go to clients where clients gave the
 * values; what may name folders, commands or hosts goes to the log alone.
 */
@RestControllerAdvice
public final class ProblemAdvice extends ResponseEntityExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

    /** Seconds; a database that restarts is back by then. */
    private static final String SOON = "5";

    @ExceptionHandler
    ResponseEntity<Object> invalid(InvalidRequestException e) {
        return invalid(e.field(), e.rule());
    }

    @ExceptionHandler
    ResponseEntity<Object> unknown(UnknownNameException e) {
        return invalid(e.field(), e.rule());
    }

    @ExceptionHandler
    ResponseEntity<Object> invalid(InvalidValueException e) {
        return invalid(JsonField.of(e.field()), e.getMessage());
    }

    @ExceptionHandler
    ResponseEntity<Object> invalid(InvalidPromptException e) {
        return invalid("prompt", e.getMessage());
    }

    @ExceptionHandler
    ResponseEntity<Object> refused(BodyRefusedException e) {
        return answer(bodyRefused(e));
    }

    @ExceptionHandler
    ResponseEntity<Object> known(ProblemException e) {
        return answer(e.type().problem(e.getMessage()), e.headers());
    }

    @ExceptionHandler
    ResponseEntity<Object> notFound(RunNotFoundException e) {
        return answer(
                ProblemType.RUN_NOT_FOUND.problem("There is no such run; GET /api/v1/runs lists those there are."));
    }

    @ExceptionHandler
    ResponseEntity<Object> conflict(RunStateException e) {
        return answer(ProblemType.RUN_STATE.problem(e.getMessage()));
    }

    @ExceptionHandler
    ResponseEntity<Object> refused(WorkspaceRefusedException e) {
        LOG.warn("{}", LogText.line(e.getCause()));
        return answer(ProblemType.WORKSPACE_UNUSABLE.problem(String.valueOf(e.getMessage())));
    }

    @ExceptionHandler
    ResponseEntity<Object> workspace(WorkspaceException e) {
        if (e.problem() == WorkspaceException.Problem.UNKNOWN_CHECKPOINT) {
            return answer(ProblemType.PART_NOT_FOUND.problem("The run has no such checkpoint."));
        }
        LOG.warn("A workspace cannot be used: {}", LogText.line(e.getMessage()));
        return answer(ProblemType.WORKSPACE_UNUSABLE.problem(
                "The workspace cannot be used (" + e.problem() + "); its administrator finds the reason in the log."));
    }

    @ExceptionHandler
    ResponseEntity<Object> unreadable(ContentUnreadableException e, HttpServletResponse response) {
        LOG.warn("{}", LogText.line(e.getMessage()));
        requireUnanswered(e, response);
        return answer(
                ProblemType.CONTENT_UNREADABLE.problem("What is stored of the run cannot be read: it was erased, or"
                        + " this server lacks the key it is encrypted with."));
    }

    /** A database, an artifact store or this node that cannot answer now. */
    @ExceptionHandler({StoreUnavailableException.class, ArtifactException.class, OrchestratorClosedException.class})
    ResponseEntity<Object> unavailable(RuntimeException e, HttpServletResponse response) {
        LOG.warn("{}", LogText.line(e.getMessage()));
        requireUnanswered(e, response);
        return answer(
                ProblemType.UNAVAILABLE.problem("What is asked for cannot be reached now; ask again."),
                retryAfter(SOON));
    }

    /** Half an answer must not look whole: the server then cuts the connection. */
    private static void requireUnanswered(RuntimeException e, HttpServletResponse response) {
        if (response.isCommitted()) {
            throw e;
        }
    }

    /** Spring Security answers these. */
    @ExceptionHandler({AccessDeniedException.class, AuthenticationException.class})
    @SuppressWarnings("DoNotCallSuggester") // Spring calls it.
    void leave(RuntimeException e) {
        throw e;
    }

    /** Everything nobody thought of. */
    @ExceptionHandler(Exception.class)
    @Nullable ResponseEntity<Object> failed(Exception e, HttpServletResponse response) throws Exception {
        if (DisconnectedClientHelper.isClientDisconnectedException(e)) {
            LOG.debug("A client is gone: {}", LogText.line(e.getMessage()));
            return null;
        }
        if (response.isCommitted()) {
            // The server then cuts the connection, which tells the client that the answer is not whole.
            throw e;
        }
        LOG.error("A request failed: {}", LogText.line(e.getClass().getName()), LogText.failure(e));
        return answer(ProblemType.INTERNAL.problem("The request failed; the server's log says why."));
    }

    @Override
    protected ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return answer(UnreadableBody.problem(e));
    }

    /** What Spring MVC itself refuses. Its own words are left out: they may quote what was sent. */
    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception e, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (status.value() >= 500) {
            LOG.error("A request failed: {}", LogText.line(e.getClass().getName()), LogText.failure(e));
        }
        if (request instanceof ServletWebRequest servlet
                && servlet.getResponse() != null
                && servlet.getResponse().isCommitted()) {
            return null;
        }
        ProblemDetail problem = ProblemType.ofStatus(status.value());
        if (e instanceof ErrorResponseException own) {
            // Handlers of this program throw these, with words of their own.
            problem.setDetail(own.getBody().getDetail());
        }
        return answer(problem, headers);
    }

    static ProblemDetail bodyRefused(BodyRefusedException e) {
        return (e.late() ? ProblemType.BODY_TIMEOUT : ProblemType.BODY_TOO_LARGE).problem(e.rule());
    }

    static ProblemDetail invalidField(ProblemType type, String field, String message) {
        ProblemDetail problem = type.problem(field + ": " + message);
        problem.setProperty("errors", List.of(new FieldProblem(field, message)));
        return problem;
    }

    private static ResponseEntity<Object> invalid(String field, String message) {
        return answer(invalidField(ProblemType.INVALID_REQUEST, field, message));
    }

    private static HttpHeaders retryAfter(String seconds) {
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.RETRY_AFTER, seconds);
        return headers;
    }

    private static ResponseEntity<Object> answer(ProblemDetail problem) {
        return answer(problem, HttpHeaders.EMPTY);
    }

    private static ResponseEntity<Object> answer(ProblemDetail problem, HttpHeaders headers) {
        return ResponseEntity.status(problem.getStatus())
                .headers(headers)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }
}
