package io.glulam.cli;

import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The ceiling of the process, which the launcher has made Java's already. */
final class MemoryOption {
    /** Of the whole process, under which Java itself leaves too little; the launcher checks it as well. */
    private static final long LEAST = 96L << 20;

    private long bytes;

    @Option(
            names = "--memory",
            paramLabel = "SIZE",
            converter = SizeConverter.class,
            description = "The ceiling of the whole process: at least 96MiB (default: 128MiB; 256MiB with --effort"
                    + " smallest).")
    void setBytes(long ceiling) {
        if (ceiling < LEAST) {
            throw new TypeConversionException("is too small: the minimum is 96MiB");
        }
        bytes = ceiling;
    }

    /** What is asked for; 0 if nothing is. */
    long bytes() {
        return bytes;
    }
}
