/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.web;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the OpenAPI document says of the API as a whole. */
@Configuration(proxyBeanMethods = false)
class ApiDescription {

    private static final String BEARER = "bearer";
    private static final String PROBLEM = "Problem";

    @Bean
    OpenAPI openApi() {
        return new OpenAPI()
                .info(new Info()
                        .title("Ralph host")
                        .version("v1")
                        .description(
                                "Submits runs of AI coding agents, follows and commands them. Every error is a problem"
                                        + " (RFC 9457); its type never changes its meaning.")
                        .license(new License().name("Apache-2.0").identifier("Apache-2.0")))
                .components(new Components()
                        .addSecuritySchemes(
                                BEARER,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer")
                                        .description("An API key, or a token of the configured OIDC issuer"))
                        .addSchemas(PROBLEM, problem())
                        .addResponses(PROBLEM, response("A problem; 'type' says which")))
                .addSecurityItem(new SecurityRequirement().addList(BEARER));
    }

    /** Every operation may be refused by these; some have more. */
    @Bean
    OpenApiCustomizer problems() {
        return api -> api.getPaths().values().stream()
                .flatMap(path -> path.readOperations().stream())
                .forEach(operation -> {
                    for (String status : new String[] {"400", "401", "403", "404", "429", "500", "503"}) {
                        operation.getResponses().computeIfAbsent(status, missing -> reference());
                    }
                });
    }

    private static ApiResponse reference() {
        return new ApiResponse().$ref("#/components/responses/" + PROBLEM);
    }

    private static ApiResponse response(String description) {
        return new ApiResponse()
                .description(description)
                .content(new Content()
                        .addMediaType(
                                "application/problem+json",
                                new MediaType().schema(new Schema<>().$ref("#/components/schemas/" + PROBLEM))));
    }

    private static Schema<?> problem() {
        ArraySchema errors = new ArraySchema();
        errors.setDescription("what is wrong with which value");
        errors.setItems(
                new ObjectSchema().addProperty("field", new StringSchema()).addProperty("message", new StringSchema()));
        return new ObjectSchema()
                .addProperty("type", new StringSchema().format("uri").example("urn:ralph:problem:run-not-found"))
                .addProperty("title", new StringSchema())
                .addProperty("status", new IntegerSchema())
                .addProperty("detail", new StringSchema())
                .addProperty("instance", new StringSchema().format("uri-reference"))
                .addProperty("errors", errors);
    }
}
