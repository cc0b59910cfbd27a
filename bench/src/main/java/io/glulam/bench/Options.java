package io.glulam.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code bench/run} was asked for.
 *
 * @param sections what to measure, in the order of the enum; never empty
 * @param rounds how often every contender runs, at least 1
 * @param turns how often every query is asked, at least 1
 * @param scale of the generated inputs' rows; 1 is full size
 * @param folder where inputs and outputs lie; null for the module's own
 * @param inputs names of standard inputs, or files; empty for all standard ones
 * @param onlyGlulam whether only {@code cp} and glulam run
 * @param polars whether Polars runs, too
 * @param into a Markdown file whose sections are replaced by what was measured; null for none
 * @param glulamOptions passed on to glulam's {@code compact} and {@code plan}
 */
record Options(
        Set<Section> sections,
        int rounds,
        int turns,
        double scale,
        @Nullable Path folder,
        List<String> inputs,
        boolean onlyGlulam,
        boolean polars,
        @Nullable Path into,
        List<String> glulamOptions) {
    private static final int ROUNDS = 5;
    private static final int TURNS = 9;

    /** Throws {@link IllegalArgumentException} for what it does not know. */
    static Options parse(List<String> arguments) {
        Set<Section> sections = EnumSet.noneOf(Section.class);
        int rounds = ROUNDS;
        int turns = TURNS;
        double scale = 1;
        Path folder = null;
        List<String> inputs = new ArrayList<>();
        boolean onlyGlulam = false;
        boolean polars = false;
        Path into = null;
        List<String> glulamOptions = new ArrayList<>();
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            String argument = rest.next();
            switch (argument) {
                case "--rounds" -> rounds = count(argument, rest);
                case "--turns" -> turns = count(argument, rest);
                case "--scale" -> scale = scale(argument, rest);
                case "--data" -> folder = Path.of(value(argument, rest)).toAbsolutePath();
                case "--input" -> inputs.add(value(argument, rest));
                case "--only-glulam" -> onlyGlulam = true;
                case "--polars" -> polars = true;
                case "--into" -> into = Path.of(value(argument, rest)).toAbsolutePath();
                case "--" -> rest.forEachRemaining(glulamOptions::add);
                default -> sections.add(section(argument));
            }
        }
        if (sections.isEmpty()) {
            sections = EnumSet.allOf(Section.class);
        }
        return new Options(
                sections,
                rounds,
                turns,
                scale,
                folder,
                List.copyOf(inputs),
                onlyGlulam,
                polars,
                into,
                List.copyOf(glulamOptions));
    }

    private static Section section(String argument) {
        for (Section section : Section.values()) {
            if (section.word().equals(argument)) {
                return section;
            }
        }
        String kind = argument.startsWith("-") ? "option" : "section";
        throw new IllegalArgumentException("unknown %s %s: see the head of bench/run".formatted(kind, argument));
    }

    private static int count(String option, Iterator<String> rest) {
        double number = number(option, rest);
        if (number < 1 || number != Math.rint(number) || number > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(option + " must be a whole number, at least 1");
        }
        return (int) number;
    }

    private static double scale(String option, Iterator<String> rest) {
        double number = number(option, rest);
        if (!(number > 0)) {
            throw new IllegalArgumentException(option + " must be above 0");
        }
        return number;
    }

    private static double number(String option, Iterator<String> rest) {
        String value = value(option, rest);
        try {
            return Double.parseDouble(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(option + " is not a number: " + value, e);
        }
    }

    private static String value(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new IllegalArgumentException(option + " needs a value");
        }
        return rest.next();
    }
}
