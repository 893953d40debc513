/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.ralph.spi.AgentAdapter;
import dev.ralph.spi.Dispatcher;
import dev.ralph.spi.Gate;
import dev.ralph.spi.SecretSource;
import dev.ralph.spi.Store;
import java.time.Clock;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.SplittableRandom;
import java.util.Timer;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final String MACHINE = "dev.ralph.internal.machine";
    private static final String[] VALUES = {
        "java.lang..", "java.math", "java.time", "java.util", "java.util.function", "java.util.stream",
    };

    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.ralph");

    @Test
    void coreKnowsNoFrameworkNoDatabaseAndNoRedis() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework..", "java.sql..", "javax.sql..", "io.lettuce..", "redis..")
                .check(CORE);
    }

    @Test
    void theApiShowsNeitherInternalsNorLibraries() {
        var hidden = resideInAnyPackage("..internal..", "com.fasterxml..", "org.slf4j..", "com.github..");
        var shown = noMethods()
                .that()
                .arePublic()
                .and()
                .areDeclaredInClassesThat()
                .arePublic()
                .and()
                .areDeclaredInClassesThat()
                .resideOutsideOfPackage("..internal..");
        shown.should().haveRawReturnType(hidden).check(CORE);
        shown.should()
                .haveRawParameterTypes(describe(
                        "that include one " + hidden.getDescription(),
                        types -> types.stream().anyMatch(hidden)))
                .check(CORE);
    }

    @Test
    void onlyTheCacheKnowsCaffeine() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.ralph.cache")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.github..")
                .check(CORE);
    }

    @Test
    void whatWorksOnRunsKnowsNoCache() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.ralph.internal.worker", "dev.ralph.internal.dispatch", MACHINE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.ralph.cache", "dev.ralph.internal.cache")
                .check(CORE);
    }

    @Test
    void whatWorksOnRunsKnowsNothingOfMeters() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.ralph.internal.monitor",
                        "dev.ralph.internal.worker",
                        "dev.ralph.internal.dispatch",
                        "dev.ralph.internal.cache",
                        MACHINE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.micrometer.core..", "dev.ralph.internal.metrics")
                .check(CORE);
    }

    @Test
    void theMachineIsMadeOfValuesAlone() {
        classes()
                .that()
                .resideInAPackage(MACHINE)
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(VALUES)
                        .or(resideInAnyPackage(
                                MACHINE, "dev.ralph", "dev.ralph.event", "dev.ralph.spi", "org.jspecify.annotations")))
                .check(CORE);
    }

    @Test
    void theMachineTouchesNothingOutsideItself() {
        noClasses()
                .that()
                .resideInAPackage(MACHINE)
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(Runtime.class, Thread.class, ProcessBuilder.class, Timer.class, ServiceLoader.class)
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(Store.class, AgentAdapter.class, Gate.class, SecretSource.class, Dispatcher.class)
                .check(CORE);
    }

    @Test
    void theMachineReadsNoClockNoEnvironmentAndNoDice() {
        noClasses()
                .that()
                .resideInAPackage(MACHINE)
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(Clock.class, Random.class, SplittableRandom.class)
                .orShould()
                .callMethodWhere(describe("read a clock, the environment or dice", ArchitectureTest::isNotAFunction))
                .check(CORE);
    }

    private static boolean isNotAFunction(JavaCall<?> call) {
        return switch (call.getName()) {
            case "now", "random", "randomUUID", "shuffle", "identityHashCode" -> true;
            case "create" -> call.getTargetOwner().isEquivalentTo(RunId.class);
            case "arraycopy" -> false;
            default -> call.getTargetOwner().isEquivalentTo(System.class);
        };
    }
}
