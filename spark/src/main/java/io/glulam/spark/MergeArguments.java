package io.glulam.spark;

import io.glulam.MergeOptions;
import io.glulam.join.MetadataRule;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The options of a merge of plain files: those of {@code glulam merge} by their names, sizes and ages as numbers.
 *
 * @param options what the outputs become
 * @param age files that were modified later than so long ago are passed over; null for none
 * @param maxInputBytes files that are not smaller are passed over
 */
record MergeArguments(MergeOptions options, @Nullable Duration age, long maxInputBytes) {
    private static final String TARGET = "target-file-size-bytes";
    private static final String MIN_INPUTS = "min-input-files";
    private static final String MAX_INPUT = "min-file-size-bytes";
    private static final String AGE = "older-than-seconds";
    private static final String METADATA = "metadata";
    private static final String MISMATCH = "mismatch";
    private static final String WIDEN = "widen";
    private static final Set<String> KNOWN =
            new TreeSet<>(Set.of(TARGET, MIN_INPUTS, MAX_INPUT, AGE, METADATA, MISMATCH, WIDEN));
    private static final long DEFAULT_TARGET = 512L << 20;

    /** @throws IllegalArgumentException with a sentence for people, if a name or a value is unknown */
    static MergeArguments of(Map<String, String> given, MergeOptions defaults) {
        Map<String, String> options = new HashMap<>();
        given.forEach((name, value) -> options.put(name.toLowerCase(Locale.ROOT), value.trim()));
        if (options.containsKey("replace") || options.containsKey("keep-replaced")) {
            throw new IllegalArgumentException(
                    "a merge on a cluster deletes no inputs: use glulam merge --replace on one machine");
        }
        Set<String> unknown = new TreeSet<>(options.keySet());
        unknown.removeAll(KNOWN);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    "merge has no option " + String.join(", ", unknown) + "; it has " + String.join(", ", KNOWN));
        }
        MergeOptions merge = defaults.withMaxFileBytes(number(options, TARGET, DEFAULT_TARGET))
                .withMinInputFiles((int) Math.min(Integer.MAX_VALUE, number(options, MIN_INPUTS, 1)))
                .withMetadata(one(options, METADATA, MetadataRule.COMMON, MetadataRule.values()))
                .withMismatch(one(options, MISMATCH, MergeOptions.Mismatch.REFUSE, MergeOptions.Mismatch.values()))
                .withWiden(one(options, WIDEN, Choice.FALSE, Choice.values()) == Choice.TRUE);
        long age = number(options, AGE, 0);
        return new MergeArguments(
                merge, age == 0 ? null : Duration.ofSeconds(age), number(options, MAX_INPUT, Long.MAX_VALUE));
    }

    private enum Choice {
        FALSE,
        TRUE
    }

    private static long number(Map<String, String> options, String name, long otherwise) {
        String text = options.get(name);
        if (text == null) {
            return otherwise;
        }
        if (!text.matches("[1-9][0-9]{0,17}")) {
            throw new IllegalArgumentException(name + " is '" + text + "', not a number above 0");
        }
        return Long.parseLong(text);
    }

    private static <E extends Enum<E>> E one(Map<String, String> options, String name, E otherwise, E[] values) {
        String text = options.get(name);
        if (text == null) {
            return otherwise;
        }
        TreeSet<String> names = new TreeSet<>();
        for (E value : values) {
            if (value.name().equalsIgnoreCase(text)) {
                return value;
            }
            names.add(value.name().toLowerCase(Locale.ROOT));
        }
        throw new IllegalArgumentException(name + " is one of " + String.join(", ", names) + ", not '" + text + "'");
    }
}
