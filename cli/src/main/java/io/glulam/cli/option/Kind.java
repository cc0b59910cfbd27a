package io.glulam.cli.option;

import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * The kinds of values, and how they are typed.
 *
 * @param type what a value becomes
 * @param converter how; null if picocli knows
 * @param words all that can be typed, for shells; null if that is no list. Asked for by them only
 */
public record Kind<T>(
        Class<T> type,
        @Nullable ITypeConverter<T> converter,
        @Nullable Iterable<String> words) {
    private static final ITypeConverter<?>[] NONE = {};

    public Kind(Class<T> type, @Nullable ITypeConverter<T> converter) {
        this(type, converter, null);
    }

    public static final Kind<String> TEXT = new Kind<>(String.class, null);
    public static final Kind<Integer> INTEGER = new Kind<>(Integer.class, new Integers());
    public static final Kind<Long> LONG = new Kind<>(Long.class, new Longs());
    public static final Kind<Path> PATH = new Kind<>(Path.class, new Paths());
    public static final Kind<URI> ADDRESS = new Kind<>(URI.class, null);

    // Classes, not lambdas: see Words.

    private static final class Integers implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            try {
                return Integer.valueOf(text);
            } catch (NumberFormatException e) {
                throw new TypeConversionException(noNumber(text, Integer.MAX_VALUE));
            }
        }
    }

    private static final class Longs implements ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            try {
                return Long.valueOf(text);
            } catch (NumberFormatException e) {
                throw new TypeConversionException(noNumber(text, Long.MAX_VALUE));
            }
        }
    }

    private static String noNumber(String text, long largest) {
        return text.matches("\\d+")
                ? "'" + text + "' is too large: the maximum is " + largest
                : "'" + text + "' is not a whole number";
    }

    private static final class Paths implements ITypeConverter<Path> {
        @Override
        public Path convert(String text) {
            try {
                return Path.of(text);
            } catch (InvalidPathException e) {
                throw new TypeConversionException("'" + text + "' is not a path: " + e.getReason());
            }
        }
    }

    /** For picocli: none or one. */
    ITypeConverter<?>[] converters() {
        return converter == null ? NONE : new ITypeConverter<?>[] {converter};
    }
}
