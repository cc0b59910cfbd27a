package io.glulam.cli.option;

import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * What values are and how they are typed.
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
    public static final Kind<Integer> INTEGER = new Kind<>(Integer.class, null);
    public static final Kind<Long> LONG = new Kind<>(Long.class, null);
    public static final Kind<Path> PATH = new Kind<>(Path.class, new Paths());
    public static final Kind<URI> ADDRESS = new Kind<>(URI.class, null);

    /** A class, not a lambda: see {@link Words}. */
    private static final class Paths implements ITypeConverter<Path> {
        @Override
        public Path convert(String text) {
            try {
                return Path.of(text);
            } catch (InvalidPathException e) {
                throw new TypeConversionException("'" + text + "' is no path: " + e.getReason());
            }
        }
    }

    /** For picocli: none or one. */
    ITypeConverter<?>[] converters() {
        return converter == null ? NONE : new ITypeConverter<?>[] {converter};
    }
}
