package io.glulam.gate;

import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code gate/run} was asked for.
 *
 * @param only a part of the titles, of their class or of their list; null for all mutations
 * @param tenth seed of a random tenth of the mutations; null for all of them
 * @param jobs processes at once
 * @param seconds after which no mutation is begun any more; null for no bound
 * @param baseline whether the tests run without a mutation first
 */
record Options(
        @Nullable String only,
        @Nullable Long tenth,
        int jobs,
        @Nullable Integer seconds,
        boolean baseline) {
    /** Throws {@link IllegalArgumentException} for what it does not know. */
    static Options parse(List<String> arguments) {
        String only = null;
        Long tenth = null;
        int jobs = Runtime.getRuntime().availableProcessors();
        Integer seconds = null;
        boolean baseline = true;
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            String argument = rest.next();
            switch (argument) {
                case "--only" -> only = value(argument, rest);
                case "--tenth" -> tenth = (long) number(argument, rest);
                case "--jobs" -> jobs = Math.max(1, number(argument, rest));
                case "--seconds" -> seconds = number(argument, rest);
                case "--no-baseline" -> baseline = false;
                default ->
                    throw new IllegalArgumentException("unknown option " + argument + ": see the head of gate/run");
            }
        }
        return new Options(only, tenth, jobs, seconds, baseline);
    }

    private static int number(String option, Iterator<String> rest) {
        String value = value(option, rest);
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(option + " is not a whole number: " + value, e);
        }
    }

    private static String value(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new IllegalArgumentException(option + " needs a value");
        }
        return rest.next();
    }
}
