/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.spring.boot.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.ralph.Limits;
import dev.ralph.spring.boot.RalphAutoConfiguration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class RalphFailureAnalyzerTest {

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "ralph.max-iterations | many | ralph.max-iterations",
                "ralph.max-iterations | 0 | from 1 to 1000000",
                "ralph.max-cost | -1 | US dollars",
                "ralph.max-cost | cheap | ralph.max-cost",
                "ralph.max-runtime | 0 | a whole number of seconds",
                "ralph.max-runtime | PT1.5S | whole seconds",
                "ralph.max-parallel-runs | 0 | 1 or more",
                "ralph.attempt-timeout | PT0S | longer than zero",
                "ralph.attempt-timeout | PT8761H | 365 days at most",
                "ralph.idle-timeout | PT8761H | 365 days at most",
                "ralph.lease-margin | PT14S | half the lease",
                "ralph.cache-ttl | 7200 | from 1 to 3600",
                "ralph.version-control | svn | auto, git or none",
                "ralph.agent | nobody | not registered",
                "ralph.store | cupboard | no store with that id",
                "ralph.dispatcher | carrier-pigeon | no dispatcher with that id",
                "ralph.artifacts | drawer | no artifact store with that id",
                "ralph.redact-patterns | perhaps | ralph.redact-patterns",
                "ralph.executor-bean | nothing | no bean of that name",
                "ralph.events | some | ralph.events",
                "ralph.agents.writer.grace | soon | ralph.agents.writer.grace",
                "ralph.agents.writer.grace | PT-1S | from 0s to 365d",
                "ralph.agents.writer.grace | PT8761H | from 0s to 365d",
                "ralph.agents.writer.exit-codes.0 | RATE_LIMITED | from 1 to 255",
                "ralph.agents.writer.exit-codes.256 | RATE_LIMITED | from 1 to 255",
                "ralph.agents.writer.environment | A-B | its beginning followed by",
                "ralph.agents.writer.variables.9X | 9X | not begin with a digit",
                "ralph.agents.writer.secrets.9X | 9X | not begin with a digit",
            })
    void aBadValueIsToldWithItsPropertyAndWhatItMustBe(
            String property, String value, String fix, CapturedOutput output) {
        String report = reportOfAStartWith(
                output, property + "=" + value, "ralph.cache=memory", "ralph.agents.writer.command=true");

        assertThat(report)
                .contains("APPLICATION FAILED TO START", "Description:", "Action:")
                .contains(property, value, fix)
                .doesNotContain("RALPH_", "in the builder", "\tat ");
    }

    @Test
    void anAgentWithoutACommandIsToldByItsProperty(CapturedOutput output) {
        assertThat(reportOfAStartWith(output, "ralph.agents.writer.environment=LANG"))
                .contains("the agent 'writer' has no command", "Set ralph.agents.writer.command to");
    }

    @Test
    void anAgentWithAnIdThatRunsCannotNameIsTold(CapturedOutput output) {
        assertThat(reportOfAStartWith(output, "ralph.agents[my.writer].command=true"))
                .contains("the agent ralph.agents.my.writer", "an id of 1 to 64 letters, digits, '-' or '_'");
    }

    @Test
    void aValueUnderTwoNamesIsToldByBoth(CapturedOutput output) {
        assertThat(reportOfAStartWith(output, "ralph.encryption-key=first", "ENCRYPTION_KEY=second"))
                .contains("ralph.encryption-key and ENCRYPTION_KEY are both set", "Remove one of them");
    }

    @Test
    void aValueTheApplicationsOwnCodeGetsWrongIsNotSaidToBeConfigured(CapturedOutput output) {
        SpringApplication application = application();
        application.addInitializers(context -> context.getBeanFactory().registerSingleton("runner", (CommandLineRunner)
                arguments -> Limits.builder().maxIterations(0).build()));

        assertThat(catchThrowable(() -> application.run("--ralph.agents.w.command=true")))
                .hasStackTraceContaining("maxIterations");
        assertThat(output).doesNotContain("Ralph cannot start", "ralph.max-iterations");
    }

    @Test
    void theReportTellsWhereTheValueStands(CapturedOutput output) {
        assertThat(reportOfAStartWith(output, "ralph.max-iterations=0"))
                .contains("ralph.max-iterations is set in \"ralph.max-iterations\" from property source");
    }

    @Test
    void aMisspeltPropertyIsToldInTheLog(CapturedOutput output) {
        SpringApplication application = application();
        application
                .run("--ralph.max-itterations=3", "--ralph.agents.w.command=true")
                .close();

        assertThat(output).contains("unknown configuration value RALPH_MAX_ITTERATIONS", "RALPH_MAX_ITERATIONS");
    }

    private static String reportOfAStartWith(CapturedOutput output, String... properties) {
        List<String> arguments = new ArrayList<>();
        Arrays.stream(properties).map(property -> "--" + property).forEach(arguments::add);
        Throwable failure = catchThrowable(() -> application().run(arguments.toArray(String[]::new)));
        assertThat(failure).isNotNull();
        String all = output.getOut();
        int begin = all.indexOf("APPLICATION FAILED TO START");
        assertThat(begin).as(all).isPositive();
        return all.substring(begin);
    }

    private static SpringApplication application() {
        SpringApplication application = new SpringApplication(Host.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setBannerMode(org.springframework.boot.Banner.Mode.OFF);
        return application;
    }

    @ImportAutoConfiguration(RalphAutoConfiguration.class)
    static class Host {}
}
