package io.glulam.cli.option;

import io.glulam.cli.text.Texts;
import io.glulam.plan.Units;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How values are typed that many commands have: constants in lower case with dashes, sizes with a unit. */
public final class Words {
    /** A size of at least one byte, as {@code 128MiB}. */
    public static final Kind<Long> SIZE = new Kind<>(Long.class, new Sizes());

    private Words() {}

    /** One of {@code type}'s constants. */
    public static <E extends Enum<E>> Kind<E> constant(Class<E> type) {
        Constants<E> constants = new Constants<>(type);
        return new Kind<>(type, constants, constants);
    }

    /** The words for {@code type}'s constants, separated by commas. */
    public static String list(Class<? extends Enum<?>> type) {
        StringBuilder words =
                new StringBuilder(); // No stream: every start of a command that stores concern comes here.
        for (Enum<?> constant : type.getEnumConstants()) {
            words.append(words.isEmpty() ? "" : ", ").append(Texts.word(constant));
        }
        return words.toString();
    }

    // Classes, not lambdas: those of interfaces as old as picocli's cannot be archived, so that every start makes them.

    private record Constants<E extends Enum<E>>(Class<E> type) implements ITypeConverter<E>, Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(type.getEnumConstants()).map(Texts::word).iterator();
        }

        @Override
        public E convert(String text) {
            for (E constant : type.getEnumConstants()) {
                if (Texts.word(constant).equals(text.toLowerCase(Locale.ROOT))) {
                    return constant;
                }
            }
            throw new TypeConversionException("'" + text + "' is none of " + list(type));
        }
    }

    private static final class Sizes implements ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            return positiveSize(text);
        }
    }

    /**
     * A size of at least one byte.
     *
     * @throws TypeConversionException for anything else
     */
    public static long positiveSize(String text) {
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
