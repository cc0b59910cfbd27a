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
    private static final long MIN_BYTES = 96L << 20;

    /** Least value and default of commands on files, for the help; the launcher has the numbers. */
    static final String OF_FILES = "at least 96MiB (default: 128MiB)";

    /** The same of commands with an effort. */
    static final String WITH_EFFORT = "at least 96MiB (default: 128MiB; 256MiB with --effort smallest)";

    /** The same of commands on tables. */
    static final String OF_TABLES = "at least 192MiB (default: 256MiB)";

    private final Value<Long> ceiling;

    /** @param bounds least value and default, as the help tells them */
    MemoryOption(String bounds) {
        ceiling = Value.option(
                new Kind<>(Long.class, new Ceilings()),
                "SIZE",
                "The ceiling of the whole process: " + bounds + ".",
                "--memory");
    }

    @Override
    public void addTo(CommandSpec spec) {
        ceiling.addTo(spec);
    }

    /** Returns the ceiling that is asked for; 0 for none. */
    long bytes() {
        return ceiling.or(0L);
    }

    private static final class Ceilings implements ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            long bytes = Words.positiveSize(text);
            if (bytes < MIN_BYTES) {
                throw new TypeConversionException("'" + text + "' is too small: the minimum is 96MiB");
            }
            return bytes;
        }
    }
}
