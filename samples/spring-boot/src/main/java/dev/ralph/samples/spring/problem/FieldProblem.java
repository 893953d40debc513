/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.problem;

/**
 * What is wrong with one value of a request.
 *
 * @param field the JSON field, parameter or header
 * @param message what is wrong and what to do about it
 */
public record FieldProblem(String field, String message) {}
