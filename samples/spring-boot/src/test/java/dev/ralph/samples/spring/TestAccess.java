/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring;

import dev.ralph.samples.spring.access.Caller;
import dev.ralph.samples.spring.access.Role;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.core.MethodParameter;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Believes whoever says who it is by the header {@link #HEADER}, {@code tenant/ROLE/principal}. Requests without it go where
 * they would go without this. It has no annotation, so that only who imports it has it.
 */
class TestAccess {

    static final String HEADER = "X-Test-Caller";

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    SecurityFilterChain believing(HttpSecurity http) {
        return http.securityMatcher(request -> request.getHeader(HEADER) != null)
                .csrf(csrf -> csrf.disable())
                .addFilterBefore(new Believing(), AuthorizationFilter.class)
                .authorizeHttpRequests(
                        requests -> requests.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.INCLUDE)
                                .permitAll()
                                .anyRequest()
                                .authenticated())
                .build();
    }

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    WebMvcConfigurer believedCaller() {
        return new WebMvcConfigurer() {
            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(0, new Resolver());
            }
        };
    }

    private static Caller caller(String header, @Nullable String address) {
        String[] parts = header.split("/", 3);
        return new Caller(parts[2], parts[0], Role.valueOf(parts[1]), address);
    }

    private static final class Believing extends OncePerRequestFilter {

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            Caller caller = caller(request.getHeader(HEADER), request.getRemoteAddr());
            SecurityContextHolder.getContext()
                    .setAuthentication(new UsernamePasswordAuthenticationToken(
                            caller, null, List.of(new SimpleGrantedAuthority("ROLE_" + caller.role()))));
            chain.doFilter(request, response);
        }
    }

    private static final class Resolver implements HandlerMethodArgumentResolver {

        @Override
        public boolean supportsParameter(MethodParameter parameter) {
            return parameter.getParameterType() == Caller.class;
        }

        @Override
        public Object resolveArgument(
                MethodParameter parameter,
                @Nullable ModelAndViewContainer container,
                NativeWebRequest request,
                @Nullable WebDataBinderFactory binders) {
            String header = request.getHeader(HEADER);
            if (header == null) {
                throw new IllegalStateException("a test must say by " + HEADER + " who asks");
            }
            return caller(
                    header,
                    Objects.requireNonNull(request.getNativeRequest(HttpServletRequest.class))
                            .getRemoteAddr());
        }
    }
}
