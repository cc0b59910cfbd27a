package io.glulam.cli;

import picocli.CommandLine.ITypeConverter;

/** A size of at least one byte, as {@code 128MiB}. */
public final class SizeConverter implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
        return Words.positiveSize(text);
    }
}
