/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.host;

import dev.ralph.StoreException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which processes of this program live on this host. Each that may work on runs keeps a file locked for as long as it lives,
 * named as the node it is in the store. The lock ends with the process, so a file that is there and not locked is what a
 * dead one left. A process that ends in an orderly way takes its file along.
 */
final class Nodes {

    private static final Logger LOG = LoggerFactory.getLogger(Nodes.class);
    private static final int MAX_HOST = 100;

    /** Number of the process, its start, a random part, and the host. */
    private static final Pattern NAME = Pattern.compile("\\d+-\\d+-[0-9a-f]+@[\\w.-]+");

    private final Path folder;
    private final String host;
    private final String ours;

    /**
     * Prepares.
     *
     * @param folder of the files; made with the first one
     */
    Nodes(Path folder) {
        this.folder = folder;
        this.host = "@" + hostName();
        ProcessHandle process = ProcessHandle.current();
        // The time of its start tells it from an earlier process with its number, as in a restarted container.
        this.ours = process.pid() + "-"
                + process.info().startInstant().map(Instant::toEpochMilli).orElse(0L) + "-";
    }

    /** This process as a node. Thread-safe. */
    static final class Membership implements AutoCloseable {

        private final Path file;
        private final FileChannel locked;

        private Membership(Path file, FileChannel locked) {
            this.file = file;
            this.locked = locked;
        }

        /** The name of the node, different for each membership. */
        String node() {
            return String.valueOf(file.getFileName());
        }

        @Override
        public void close() {
            try {
                Files.deleteIfExists(file);
                locked.close();
            } catch (IOException e) {
                LOG.debug("{} stays until another process finds it", file, e);
            }
        }
    }

    /**
     * Makes this process one of them.
     *
     * @throws StoreException if its file cannot be made
     */
    Membership join() {
        Path file = folder.resolve(ours + UUID.randomUUID().toString().substring(0, 8) + host);
        try {
            PrivateFiles.createFolder(folder);
            // Under its name it is locked from the beginning, or others might take it for a dead one's.
            Path unlocked = folder.resolve("." + file.getFileName());
            PrivateFiles.createFile(unlocked);
            FileChannel channel = FileChannel.open(unlocked, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                throw new IOException("it is locked already");
            }
            Files.move(unlocked, file);
            return new Membership(file, channel);
        } catch (IOException e) {
            throw new StoreException(
                    "the file " + file + " cannot be made and locked: " + e + "; set " + RalphHome.VARIABLE
                            + " to a folder on a local file system where it can",
                    e);
        }
    }

    /** The number of the process that is this node, if it is another one of this host and lives. */
    Optional<String> processOf(String node) {
        if (!isOfThisHost(node) || node.startsWith(ours) || !NAME.matcher(node).matches()) {
            return Optional.empty();
        }
        Path file = folder.resolve(node);
        return Files.exists(file) && !isDead(file)
                ? Optional.of(node.substring(0, node.indexOf('-')))
                : Optional.empty();
    }

    /** Whether a node is, or was, a process of this host. */
    boolean isOfThisHost(String node) {
        return node.endsWith(host);
    }

    /** Passes the name of each dead node to {@code undertaker}, and forgets it once that returns. */
    void bury(Consumer<String> undertaker) {
        for (Path file : others()) {
            if (isDead(file)) {
                undertaker.accept(String.valueOf(file.getFileName()));
                try {
                    Files.deleteIfExists(file);
                } catch (IOException e) {
                    LOG.debug("{} stays", file, e);
                }
            }
        }
    }

    /** Never those of this process: opening and closing one would give up its lock. */
    private List<Path> others() {
        List<Path> files = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return files;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, "[0-9]*" + host)) {
            entries.forEach(file -> {
                if (!String.valueOf(file.getFileName()).startsWith(ours)) {
                    files.add(file);
                }
            });
        } catch (IOException e) {
            LOG.debug("{} cannot be read", folder, e);
        }
        return files;
    }

    private static boolean isDead(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock != null;
        } catch (IOException e) {
            // Gone by now, or not readable: nothing is known.
            return false;
        }
    }

    /** The host, in characters that file names and patterns take as they are. */
    private static String hostName() {
        String name;
        try {
            name = InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            name = "localhost";
        }
        String plain = name.replaceAll("[^A-Za-z0-9.-]", "_");
        return plain.substring(0, Math.min(MAX_HOST, plain.length()));
    }
}
