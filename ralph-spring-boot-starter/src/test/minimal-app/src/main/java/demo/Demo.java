/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package demo;

import dev.ralph.Orchestrator;
import dev.ralph.RunResult;
import dev.ralph.RunSpec;
import java.nio.file.Path;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

@SpringBootApplication
public class Demo {

    public static void main(String[] args) {
        SpringApplication.run(Demo.class, args);
    }

    @Bean
    CommandLineRunner loop(Orchestrator ralph) {
        return args -> {
            RunResult result = ralph.run(RunSpec.prompt("Say that it is done")
                    .workspace(Path.of(args[0]))
                    .build());
            System.out.println("The loop ended: " + result.reason() + " after " + result.iterations() + " iteration");
        };
    }
}
