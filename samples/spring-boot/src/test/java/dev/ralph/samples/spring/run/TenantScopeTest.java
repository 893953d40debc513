/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TenantScopeTest {

    @Test
    void namesOfDifferentTenantsNeverMeet() {
        assertThat(new TenantScope("a").stored("b:c")).isNotEqualTo(new TenantScope("a:b").stored("c"));
        assertThat(new TenantScope("a:b").stored("c")).isNotEqualTo(new TenantScope("a%3Ab").stored("c"));
    }

    @Test
    void aNameIsShownAsItWasGiven() {
        TenantScope scope = new TenantScope("a:b%");
        assertThat(scope.shown(scope.stored("x:y"))).isEqualTo("x:y");
        assertThat(scope.shown("from elsewhere")).isEqualTo("from elsewhere");
        assertThat(scope.stored(null)).isNull();
        assertThat(scope.shown(null)).isNull();
    }
}
