/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.access;

import dev.ralph.samples.spring.edge.Edge;
import dev.ralph.samples.spring.edge.HostCheck;
import dev.ralph.samples.spring.edge.SecurityHeaders;
import dev.ralph.samples.spring.problem.ProblemWriter;
import jakarta.servlet.DispatcherType;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.ProviderNotFoundException;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * One chain for every request. Bearer tokens only: no session and no cookie, so that no page of another site can act for a user
 * who is logged in, and no token against that is needed. What is not named here is denied.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    private static final String[] PROBES = {"/live", "/ready"};
    private static final String[] DOCUMENTATION = {"/openapi", "/openapi/**", "/docs", "/docs/**", "/swagger-ui/**"};

    @Bean
    SecurityFilterChain everything(
            HttpSecurity http,
            Edge edge,
            List<TokenCheck> checks,
            RefusedLogins refusals,
            ProblemWriter problems,
            AccessSettings settings,
            HostCheck hosts) {
        edge.addTo(http);
        return http.csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable)
                .formLogin(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .headers(headers -> headers.addHeaderWriter(new SecurityHeaders())
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER)))
                .addFilterAt(new BearerFilter(checks, refusals, problems), BasicAuthenticationFilter.class)
                .addFilterBefore(new SetupGate(refusals, problems), AuthorizationFilter.class)
                .exceptionHandling(refused -> refused.authenticationEntryPoint(noCredential(problems))
                        .accessDeniedHandler(notAllowed(problems)))
                .authorizeHttpRequests(requests -> rules(requests, settings, new ObservationAccess(settings, hosts)))
                .build();
    }

    /** Without one, Boot would make a user with a password of its own and print it. */
    @Bean
    AuthenticationManager noPasswords() {
        return authentication -> {
            throw new ProviderNotFoundException("there are bearer tokens only");
        };
    }

    /** Stands before the chain, and so before what adds its headers. */
    @Bean
    RequestRejectedHandler oddRequests(ProblemWriter problems) {
        return (request, response, reason) -> {
            SecurityHeaders.STRICTEST.forEach(response::setHeader);
            problems.badRequest(request, response, "The path, the method or a header has a form that is not taken.");
        };
    }

    @Bean
    WebMvcConfigurer callerAsArgument() {
        return new WebMvcConfigurer() {
            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new CallerArgument());
            }
        };
    }

    private static void rules(
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry requests,
            AccessSettings settings,
            ObservationAccess observation) {
        String viewer = Role.VIEWER.name();
        String operator = Role.OPERATOR.name();
        String admin = Role.ADMIN.name();
        // Of a request that was let through before. An error after the answer has begun is included in it.
        requests.dispatcherTypeMatchers(
                        DispatcherType.ASYNC, DispatcherType.ERROR, DispatcherType.FORWARD, DispatcherType.INCLUDE)
                .permitAll()
                .requestMatchers(HttpMethod.GET, PROBES)
                .permitAll()
                .requestMatchers(HttpMethod.HEAD, PROBES)
                .permitAll()
                .requestMatchers(HttpMethod.GET, "/health", "/health/**", "/metrics")
                .access(observation);
        if (settings.openDocs()) {
            requests.requestMatchers(HttpMethod.GET, DOCUMENTATION).permitAll();
        } else {
            requests.requestMatchers(HttpMethod.GET, DOCUMENTATION).hasRole(viewer);
        }
        requests.requestMatchers(SetupGate.REQUESTS)
                .permitAll()
                .requestMatchers("/api/v1/audit", "/api/v1/audit/**", "/api/v1/keys", "/api/v1/keys/**")
                .hasRole(admin)
                .requestMatchers(HttpMethod.GET, "/api/v1/**")
                .hasRole(viewer)
                .requestMatchers(HttpMethod.HEAD, "/api/v1/**")
                .hasRole(viewer)
                .requestMatchers(HttpMethod.POST, "/api/v1/runs", "/api/v1/runs/**")
                .hasRole(operator)
                .anyRequest()
                .denyAll();
    }

    private static AuthenticationEntryPoint noCredential(ProblemWriter problems) {
        return (request, response, reason) -> problems.unauthorized(request, response, false);
    }

    private static AccessDeniedHandler notAllowed(ProblemWriter problems) {
        return (request, response, reason) ->
                problems.forbidden(request, response, "Your role does not allow this, or there is nothing here.");
    }
}
