package io.glulam.cli;

import io.glulam.cli.text.Texts;
import io.glulam.plan.Effort;
import io.glulam.plan.Order;
import io.glulam.plan.Threshold;
import io.glulam.plan.Units;
import io.glulam.plan.Verify;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** How the options' values are typed: constants in lower case with dashes, sizes with a unit. */
final class Words {
    private Words() {}

    /** Teaches {@code line} and its subcommands. */
    static void register(CommandLine line) {
        line.registerConverter(Order.class, text -> constant(Order.class, text));
        line.registerConverter(Effort.class, text -> constant(Effort.class, text));
        line.registerConverter(Verify.class, text -> constant(Verify.class, text));
        line.registerConverter(Main.When.class, text -> constant(Main.When.class, text));
        line.registerConverter(Threshold.class, Words::threshold);
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String text) {
        for (E constant : type.getEnumConstants()) {
            if (Texts.word(constant).equals(text.toLowerCase(Locale.ROOT))) {
                return constant;
            }
        }
        String known = Arrays.stream(type.getEnumConstants()).map(Texts::word).collect(Collectors.joining(", "));
        throw new TypeConversionException("'" + text + "' is none of " + known);
    }

    private static Threshold threshold(String text) {
        return text.equalsIgnoreCase("auto") ? Threshold.AUTO : new Threshold.Fixed(positiveSize(text));
    }

    /** A size of at least one byte. */
    static long positiveSize(String text) {
        try {
            long bytes = Units.parseSize(text);
            if (bytes < 1) {
                throw new TypeConversionException("'" + text + "' is not above 0");
            }
            return bytes;
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
