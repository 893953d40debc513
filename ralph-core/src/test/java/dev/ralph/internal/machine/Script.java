/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.internal.machine;

import dev.ralph.Cost;
import dev.ralph.FailureClass;
import dev.ralph.RunSpec;
import dev.ralph.Usage;
import dev.ralph.spi.Command;
import dev.ralph.spi.UsageReport;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * What agents, gates and people do in a run, whatever else happens to it.
 *
 * @param spec the run
 * @param replies how the attempts come to their ends, one after the other; then every further one just works
 * @param failures in place of a reply, by its index
 * @param verdicts index of the gate that rejects, or -1, one claim after the other; then every claim passes
 * @param commands what people say before an attempt, by its index
 */
record Script(
        RunSpec spec,
        List<Reply> replies,
        Map<Integer, Failure> failures,
        List<Integer> verdicts,
        Map<Integer, Command> commands) {

    static Script of(long seed, int length) {
        Dice dice = new Dice(seed);
        RunSpec spec = RandomSpecs.unmetered(dice);
        Map<Integer, Failure> failures = new TreeMap<>();
        Map<Integer, Command> commands = new TreeMap<>();
        List<Reply> replies = IntStream.range(0, length)
                .mapToObj(i -> reply(dice, i, failures, commands))
                .toList();
        int gates = spec.gates().size();
        List<Integer> verdicts = IntStream.range(0, length)
                .mapToObj(i -> gates == 0 ? -1 : dice.between(-1, gates - 1))
                .toList();
        return new Script(spec, replies, failures, verdicts, commands);
    }

    private static Reply reply(Dice dice, int index, Map<Integer, Failure> failures, Map<Integer, Command> commands) {
        if (dice.chance(0.35)) {
            Failure failure = Failure.of(dice.pick(FailureClass.values())).withJitter(dice.fraction());
            failures.put(index, dice.chance(0.5) ? failure.askingFor(dice.seconds(0, 900)) : failure);
        }
        if (dice.chance(0.15)) {
            commands.put(index, dice.<Command>pick(new Command.Guide("Look at " + index), new Command.Pause()));
        }
        String text = dice.pick("done", "Nothing to do.", "Item " + index);
        return new Reply(text, dice.chance(0.15), dice.chance(0.5), usage(dice), dice.seconds(1, 300));
    }

    private static Metered usage(Dice dice) {
        Usage usage = new Usage(dice.between(0, 100), dice.between(0, 100), 0, 0);
        BigDecimal dollars = BigDecimal.valueOf(dice.between(0, 100), 2);
        return Metered.complete(
                new UsageReport(usage, dice.chance(0.5) ? Cost.billed(dollars) : Cost.estimated(dollars)));
    }
}
