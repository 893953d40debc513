/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.samples.plain.view;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;
import org.jline.utils.InfoCmp;

/**
 * A terminal with lines that scroll and one status line at the bottom. Takes out of what it writes whatever a
 * terminal would obey. Not thread-safe.
 */
final class Screen implements AutoCloseable {

    private static final int UNKNOWN_WIDTH = 80;
    private static final int MIN_WIDTH = 10;

    private final Terminal terminal;
    private final boolean coloured;
    private String status = "";

    private Screen(Terminal terminal, boolean coloured) {
        this.terminal = terminal;
        this.coloured = coloured;
    }

    /** How a line is to be taken. */
    enum Tone {
        PLAIN,
        GOOD,
        BAD,
        NOTE
    }

    /**
     * The terminal standard output leads to, if there is one that can redraw a line.
     *
     * @param coloured whether colours are wanted
     */
    static Optional<Screen> open(boolean coloured) {
        try {
            Terminal terminal = TerminalBuilder.builder()
                    .system(true)
                    .systemOutput(TerminalBuilder.SystemOutput.SysOut)
                    .dumb(false)
                    // Otherwise JLine asks the terminal questions, whose answers may end up in the user's shell.
                    .graphemeCluster(false)
                    .build();
            if (terminal.getType().startsWith(Terminal.TYPE_DUMB)
                    || terminal.getStringCapability(InfoCmp.Capability.clr_eol) == null) {
                terminal.close();
                return Optional.empty();
            }
            return Optional.of(new Screen(terminal, coloured));
        } catch (IOException | IllegalStateException e) {
            return Optional.empty();
        }
    }

    /** Writes a line above the status. */
    void line(String text, Tone tone) {
        clear();
        String safe = SafeText.line(text);
        terminal.writer().println(coloured ? new AttributedString(safe, style(tone)).toAnsi(terminal) : safe);
        draw();
    }

    /** Replaces the status line, cut to the width of the terminal. Empty text removes it. */
    void status(String text) {
        if (!text.equals(status)) {
            clear();
            status = text;
            draw();
        }
    }

    @Override
    public void close() {
        clear();
        terminal.flush();
        try {
            terminal.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the terminal cannot be given back", e);
        }
    }

    private void clear() {
        terminal.writer().write('\r');
        terminal.puts(InfoCmp.Capability.clr_eol);
    }

    private void draw() {
        // One column is left free: a line that fills the last one wraps, and could not be cleared any more.
        int columns = terminal.getSize().getColumns();
        int width = columns > 0 ? columns : UNKNOWN_WIDTH;
        AttributedString line =
                new AttributedStringBuilder().append(SafeText.line(status)).toAttributedString();
        terminal.writer()
                .write(
                        width < MIN_WIDTH
                                ? ""
                                : line.columnSubSequence(0, width - 1).toString());
        terminal.flush();
    }

    private static AttributedStyle style(Tone tone) {
        return switch (tone) {
            case PLAIN -> AttributedStyle.DEFAULT;
            case GOOD -> AttributedStyle.DEFAULT.foreground(AttributedStyle.GREEN);
            case BAD -> AttributedStyle.DEFAULT.foreground(AttributedStyle.RED);
            case NOTE -> AttributedStyle.DEFAULT.foreground(AttributedStyle.YELLOW);
        };
    }
}
