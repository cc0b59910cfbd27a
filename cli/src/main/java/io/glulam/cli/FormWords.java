package io.glulam.cli;

import io.glulam.format.CompressionCodec;
import io.glulam.plan.Compatibility;
import io.glulam.plan.Compression;
import io.glulam.plan.Reader;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How the values of {@link FormOptions} are typed. */
final class FormWords {
    private FormWords() {}

    /** Teaches {@code line} and its subcommands. */
    static void register(CommandLine line) {
        line.registerConverter(Compatibility.class, new Compatibilities());
        line.registerConverter(Reader.class, new Readers());
        line.registerConverter(Compression.class, new Compressions());
    }

    private static final class Compatibilities implements ITypeConverter<Compatibility> {
        /** The version alone: that of the source is what goes without saying. */
        @Override
        public Compatibility convert(String text) {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "v1" -> Compatibility.V1;
                case "v2" -> Compatibility.V2;
                default -> throw new TypeConversionException("'" + text + "' is none of v1, v2");
            };
        }
    }

    private static final class Readers implements ITypeConverter<Reader> {
        @Override
        public Reader convert(String text) {
            for (Reader reader : Reader.values()) {
                if (reader.title().equals(text.toLowerCase(Locale.ROOT))) {
                    return reader;
                }
            }
            String known = Arrays.stream(Reader.values()).map(Reader::title).collect(Collectors.joining(", "));
            throw new TypeConversionException("'" + text + "' is none of " + known);
        }
    }

    private static final class Compressions implements ITypeConverter<Compression> {
        /** A codec's name, with {@code :LEVEL} behind where it has levels. */
        @Override
        public Compression convert(String text) {
            int colon = text.indexOf(':');
            String name = (colon < 0 ? text : text.substring(0, colon)).toUpperCase(Locale.ROOT);
            try {
                int level = colon < 0 ? 0 : level(text.substring(colon + 1));
                return new Compression(name.equals("KEEP") ? null : CompressionCodec.valueOf(name), level);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException("'" + text + "': " + problem(name, e));
            }
        }

        private static int level(String text) {
            if (!text.matches("[1-9][0-9]?")) {
                throw new IllegalArgumentException("a level is a number from 1 on");
            }
            return Integer.parseInt(text);
        }

        private static String problem(String name, IllegalArgumentException e) {
            boolean known = name.equals("KEEP")
                    || Arrays.stream(CompressionCodec.values())
                            .anyMatch(codec -> codec.name().equals(name));
            return known ? String.valueOf(e.getMessage()) : "none of keep, zstd, snappy, gzip, lz4_raw, uncompressed";
        }
    }
}
