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
 */
public record Kind<T>(Class<T> type, @Nullable ITypeConverter<T> converter) {
    private static final ITypeConverter<?>[] NONE = {};

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
