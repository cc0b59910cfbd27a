package io.glulam.cli;

import io.glulam.cli.text.Texts;
import io.glulam.plan.Effort;
import io.glulam.plan.Order;
import io.glulam.plan.Rewrite;
import io.glulam.plan.Threshold;
import io.glulam.plan.Units;
import io.glulam.plan.Verify;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How the options' values are typed: constants in lower case with dashes, sizes with a unit. */
final class Words {
    private Words() {}

    /** Teaches {@code line} and its subcommands. */
    static void register(CommandLine line) {
        line.registerConverter(Order.class, new Constants<>(Order.class));
        line.registerConverter(Effort.class, new Constants<>(Effort.class));
        line.registerConverter(Verify.class, new Constants<>(Verify.class));
        line.registerConverter(Ability.class, new Constants<>(Ability.class));
        line.registerConverter(ResourceOptions.Spool.class, new Constants<>(ResourceOptions.Spool.class));
        line.registerConverter(Main.When.class, new Constants<>(Main.When.class));
        line.registerConverter(Rewrite.class, new Constants<>(Rewrite.class));
        line.registerConverter(JobsCommand.Action.class, new Constants<>(JobsCommand.Action.class));
        line.registerConverter(DatasetsCommand.Action.class, new Constants<>(DatasetsCommand.Action.class));
        line.registerConverter(Threshold.class, new Thresholds());
        FormWords.register(line);
    }

    // Classes, not lambdas: those of interfaces as old as picocli's cannot be archived, so that every start makes them.

    private record Constants<E extends Enum<E>>(Class<E> type) implements ITypeConverter<E> {
        @Override
        public E convert(String text) {
            for (E constant : type.getEnumConstants()) {
                if (Texts.word(constant).equals(text.toLowerCase(Locale.ROOT))) {
                    return constant;
                }
            }
            String known =
                    Arrays.stream(type.getEnumConstants()).map(Texts::word).collect(Collectors.joining(", "));
            throw new TypeConversionException("'" + text + "' is none of " + known);
        }
    }

    private static final class Thresholds implements ITypeConverter<Threshold> {
        @Override
        public Threshold convert(String text) {
            return text.equalsIgnoreCase("auto") ? Threshold.AUTO : new Threshold.Fixed(positiveSize(text));
        }
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
