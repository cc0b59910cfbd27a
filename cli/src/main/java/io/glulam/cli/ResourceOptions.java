package io.glulam.cli;

import io.glulam.CompactionOptions;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** The options that decide what a run may take of the machine; they never change the bytes of the output. */
final class ResourceOptions {
    /** Of the whole process, under which Java itself leaves too little; the launcher checks it as well. */
    private static final long LEAST_MEMORY = 96L << 20;

    /** The part of the ceiling that goes to buffers. */
    private static final int BUFFER_SHARE = 8;

    private static final long LEAST_BUFFERS = 4L << 20;

    private long memory;

    @Option(
            names = "--memory",
            paramLabel = "SIZE",
            converter = SizeConverter.class,
            description = "The ceiling of the whole process: at least 96MiB (default: 128MiB; 256MiB with --effort"
                    + " smallest).")
    void setMemory(long bytes) {
        if (bytes < LEAST_MEMORY) {
            throw new TypeConversionException("is too small: the minimum is 96MiB");
        }
        memory = bytes;
    }

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "How many threads work at once (default: one a processor).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--tmp-dir",
            paramLabel = "DIR",
            description = "Where what does not fit the memory is kept meanwhile (default: the system's folder).")
    private @Nullable Path temporaryFolder;

    /** Where what is fetched of an object in a store lies meanwhile. */
    enum Spool {
        MEMORY,
        DISK
    }

    @Option(
            names = "--spool",
            paramLabel = "WHERE",
            description = "Where fragments of objects in stores lie meanwhile: disk (default), or memory, and what does"
                    + " not fit is refused.")
    private Spool spool = Spool.DISK;

    /**
     * The default options with what is asked for.
     *
     * @throws ParameterException if it is out of bounds
     */
    CompactionOptions options(CommandLine command) {
        try {
            return applyTo(CompactionOptions.defaults());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command, String.valueOf(e.getMessage()));
        }
    }

    /**
     * {@code options} with what is asked for.
     *
     * @throws IllegalArgumentException with a sentence for people, if it is out of bounds
     */
    CompactionOptions applyTo(CompactionOptions options) {
        // The launcher has bounded the heap, and with it the defaults; this is for a Java started otherwise.
        long buffers = memory == 0
                ? options.bufferBytes()
                : Math.max(LEAST_BUFFERS, Math.min(options.bufferBytes(), memory / BUFFER_SHARE));
        return options.withThreads(threads)
                .withBufferBytes(buffers)
                .withTemporaryFolder(temporaryFolder)
                .withSpoolInMemory(spool == Spool.MEMORY);
    }
}
