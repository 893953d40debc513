/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.spring.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ralph.ConfigurationException;
import dev.ralph.samples.spring.access.AccessSettings;
import dev.ralph.samples.spring.catalog.HostProperties.Agent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class DemoTest {

    @TempDir
    private Path folder;

    private Catalog catalog(Map<String, String> more) throws IOException {
        Map<String, String> all = new TreeMap<>(more);
        all.put("host.home", folder.resolve("home").toString());
        all.put("host.workspace-root", folder.resolve("root").toString());
        HostProperties properties = new Binder(new MapConfigurationPropertySource(all))
                .bind("host", HostProperties.class)
                .get();
        return new Catalog(
                properties, new AccessSettings(List.of("acme"), null, false, true), new DemoWorkspace(properties));
    }

    @Test
    void withoutTheDemoAnEmptyFolderIsEnoughAndNothingCanBeChosen() throws IOException {
        Catalog catalog = catalog(Map.of("host.demo", "false"));
        assertThat(catalog.workspaceNames("acme")).isEmpty();
        assertThat(catalog.agentNames("acme")).isEmpty();
        assertThat(catalog.gateSetNames("acme")).isEmpty();
    }

    @Test
    void theScriptIsNeverTakenWhereSomethingRealIsMeant() throws IOException {
        Files.createDirectories(folder.resolve("root/shop"));
        Map<String, String> real = Map.of("host.workspaces.shop.path", "shop", "host.workspaces.shop.tenants", "*");
        Catalog none = catalog(real);
        assertThat(none.usualAgents("acme", "shop")).isEmpty();
        assertThat(none.usualAgents("acme", "demo")).containsExactly("scripted");
        assertThatThrownBy(() -> none.agent("acme", "shop", "scripted", "agents[0]"))
                .isInstanceOf(UnknownNameException.class);
        assertThat(none.agent("acme", "demo", "scripted", "agents[0]").id()).isEqualTo("scripted");

        Map<String, String> agents = new TreeMap<>(real);
        agents.put("host.agents.claude.tenants", "*");
        Catalog one = catalog(agents);
        assertThat(one.usualAgents("acme", "shop")).containsExactly("claude");
        assertThat(one.usualAgents("acme", "demo")).containsExactly("claude");
    }

    @Test
    void aThingForATenantThatIsNotThereIsRefused() throws IOException {
        Files.createDirectories(folder.resolve("root/shop"));
        assertThatThrownBy(() -> catalog(
                        Map.of("host.workspaces.shop.path", "shop", "host.workspaces.shop.tenants", "acme,acne")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("host.workspaces.shop.tenants has 'acne', which is none of [acme]; add it to host.tenants"
                        + " (HOST_TENANTS), or correct it");
    }

    @Test
    void whatIsConfiguredByANameOfTheDemoStays() {
        Agent own = new Agent("claude", Map.of(), List.of("acme"));
        assertThat(DemoWorkspace.beside(
                        Map.of("scripted", own), true, "scripted", new Agent(null, Map.of(), List.of())))
                .isEqualTo(Map.of("scripted", own));
    }

    @Test
    void theSecondOfTwoStartsAtOnceUsesTheWorkspaceOfTheFirst() throws IOException {
        Path workspace = folder.resolve("demo");
        for (String each : List.of("first", "second")) {
            Path unfinished = Files.createDirectories(folder.resolve(each));
            Files.writeString(unfinished.resolve("by"), each);
            DemoWorkspace.place(unfinished, workspace);
            assertThat(unfinished).doesNotExist();
        }
        assertThat(workspace.resolve("by")).hasContent("first");
    }
}
