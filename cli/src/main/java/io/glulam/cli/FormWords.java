package io.glulam.cli;

import io.glulam.plan.Compatibility;
import io.glulam.plan.Compression;
import io.glulam.plan.Reader;
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

    // Classes, not lambdas: those of interfaces as old as picocli's cannot be archived, so that every start makes them.

    private static final class Compatibilities implements ITypeConverter<Compatibility> {
        @Override
        public Compatibility convert(String text) {
            try {
                return Compatibility.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    private static final class Readers implements ITypeConverter<Reader> {
        @Override
        public Reader convert(String text) {
            try {
                return Reader.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    private static final class Compressions implements ITypeConverter<Compression> {
        @Override
        public Compression convert(String text) {
            try {
                return Compression.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
