package io.glulam.cli.option;

import io.glulam.plan.Compatibility;
import io.glulam.plan.Compression;
import io.glulam.plan.Reader;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How values are typed that decide in which form files are written and for whom. */
public final class FormWords {
    public static final Kind<Compatibility> COMPATIBILITY = new Kind<>(Compatibility.class, new Compatibilities());
    public static final Kind<Reader> READER = new Kind<>(Reader.class, new Readers());
    public static final Kind<Compression> COMPRESSION = new Kind<>(Compression.class, new Compressions());

    private FormWords() {}

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
