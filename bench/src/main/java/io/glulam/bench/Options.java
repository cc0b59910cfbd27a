package io.glulam.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code bench/run} was asked for.
 *
 * @param rounds how often every contender runs, at least 1
 * @param rows the rows of the generated input
 * @param folder where inputs and outputs lie; null for the module's own
 * @param inputs files to rewrite instead of the standard ones; empty for those
 * @param onlyCopies whether only {@code cp} and glulam run
 * @param polars whether Polars runs, too
 * @param glulamOptions passed on to glulam's {@code compact}
 */
record Options(
        int rounds,
        long rows,
        @Nullable Path folder,
        List<Path> inputs,
        boolean onlyCopies,
        boolean polars,
        List<String> glulamOptions) {
    private static final int ROUNDS = 5;
    private static final long ROWS = 8_000_000;

    /** Throws {@link IllegalArgumentException} for what it does not know. */
    static Options parse(List<String> arguments) {
        int rounds = ROUNDS;
        long rows = ROWS;
        Path folder = null;
        List<Path> inputs = new ArrayList<>();
        boolean onlyCopies = false;
        boolean polars = false;
        List<String> glulamOptions = new ArrayList<>();
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            String argument = rest.next();
            switch (argument) {
                case "--rounds" -> rounds = Math.max(1, Integer.parseInt(value(argument, rest)));
                case "--rows" -> rows = Long.parseLong(value(argument, rest));
                case "--data" -> folder = Path.of(value(argument, rest)).toAbsolutePath();
                case "--input" -> inputs.add(Path.of(value(argument, rest)).toAbsolutePath());
                case "--only-copies" -> onlyCopies = true;
                case "--polars" -> polars = true;
                case "--" -> rest.forEachRemaining(glulamOptions::add);
                default -> throw new IllegalArgumentException("unknown option " + argument);
            }
        }
        return new Options(rounds, rows, folder, List.copyOf(inputs), onlyCopies, polars, List.copyOf(glulamOptions));
    }

    private static String value(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new IllegalArgumentException(option + " needs a value");
        }
        return rest.next();
    }
}
