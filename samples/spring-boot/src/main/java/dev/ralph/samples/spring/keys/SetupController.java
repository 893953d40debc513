/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.keys;

import dev.ralph.samples.spring.access.Login;
import dev.ralph.samples.spring.access.RefusedLogins;
import dev.ralph.samples.spring.problem.ProblemWriter;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where set-up tokens are exchanged. */
@RestController
@RequestMapping("/api/v1/setup")
@Tag(name = "keys")
final class SetupController {

    private final SetupTokens tokens;
    private final RefusedLogins refusals;
    private final ProblemWriter problems;

    SetupController(SetupTokens tokens, RefusedLogins refusals, ProblemWriter problems) {
        this.tokens = tokens;
        this.refusals = refusals;
        this.problems = problems;
    }

    /**
     * What to exchange.
     *
     * @param token what the log of the start says
     * @param name what to call the key; {@code first} if null
     */
    record Setup(@Nullable String token, @Nullable String name) {

        /** Without the token. */
        @Override
        public String toString() {
            return "Setup[" + name + "]";
        }
    }

    /** As JSON, or as {@code text/plain} the key and nothing else. */
    @PostMapping
    @Operation(summary = "Exchange the token of the first start for an administrator's key, once")
    @SecurityRequirements
    @Nullable ResponseEntity<Object> setUp(@RequestBody Setup setup, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        String address = request.getRemoteAddr();
        String token = setup.token() == null ? "" : setup.token();
        String name = setup.name() == null ? "first" : setup.name();
        Optional<IssuedKey> issued = tokens.exchange(token, name, address);
        if (issued.isEmpty()) {
            refusals.record(Login.Refused.of("set-up token"), address);
            problems.unauthorized(request, response, true);
            return null;
        }
        boolean plain = Optional.ofNullable(request.getHeader("Accept"))
                .filter(accept -> accept.contains(MediaType.TEXT_PLAIN_VALUE))
                .isPresent();
        ResponseEntity.BodyBuilder created = ResponseEntity.status(HttpStatus.CREATED);
        if (plain) {
            return created.contentType(MediaType.TEXT_PLAIN).body(issued.get().key() + "\n");
        }
        return created.contentType(MediaType.APPLICATION_JSON).body(issued.get());
    }
}
