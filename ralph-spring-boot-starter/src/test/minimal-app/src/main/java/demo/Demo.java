/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package demo;

import dev.ralph.Orchestrator;
import dev.ralph.Run;
import dev.ralph.RunSpec;
import dev.ralph.spi.Gate;
import java.nio.file.Path;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** What docs/spring.md shows. */
@SpringBootApplication
public class Demo {

    public static void main(String[] args) {
        SpringApplication.run(Demo.class, args);
    }

    @Bean
    CommandLineRunner loop(Orchestrator ralph) {
        return args -> {
            Run run = ralph.submit(RunSpec.prompt("Make the tests pass")
                    .workspace(Path.of("repo"))
                    .gate(Gate.command("mvn", "-q", "test"))
                    .build());
            System.out.println(run.await().reason());
        };
    }
}
