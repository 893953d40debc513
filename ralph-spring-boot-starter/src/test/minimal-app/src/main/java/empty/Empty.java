/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package empty;

import java.lang.management.ManagementFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;

/** Nothing but Spring Boot and what the class path adds to it. */
@SpringBootApplication
public class Empty {

    public static void main(String[] args) {
        SpringApplication.run(Empty.class, args).close();
    }

    @EventListener(ApplicationReadyEvent.class)
    void ready() {
        System.out.println("Ready after " + ManagementFactory.getRuntimeMXBean().getUptime() + " ms");
    }
}
