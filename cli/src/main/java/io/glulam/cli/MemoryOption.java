package io.glulam.cli;

import io.glulam.cli.option.CommandPart;
import io.glulam.cli.option.Kind;
import io.glulam.cli.option.Value;
import io.glulam.cli.option.Words;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.TypeConversionException;

/** The ceiling of the process, which the launcher has made Java's already. */
final class MemoryOption implements CommandPart {
    /** Of the whole process, under which Java itself leaves too little; the launcher checks it as well. */
    private static final long LEAST = 96L << 20;

    private final Value<Long> ceiling = Value.option(
            new Kind<>(Long.class, new Ceilings()),
            "SIZE",
            "The ceiling of the whole process: at least 96MiB (default: 128MiB; 256MiB with --effort smallest).",
            "--memory");

    @Override
    public void addTo(CommandSpec spec) {
        ceiling.addTo(spec);
    }

    /** What is asked for; 0 if nothing is. */
    long bytes() {
        return ceiling.or(0L);
    }

    private static final class Ceilings implements ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            long bytes = Words.positiveSize(text);
            if (bytes < LEAST) {
                throw new TypeConversionException("'" + text + "' is too small: the minimum is 96MiB");
            }
            return bytes;
        }
    }
}
