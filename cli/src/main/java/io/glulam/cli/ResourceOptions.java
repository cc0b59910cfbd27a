package io.glulam.cli;

import io.glulam.CompactionOptions;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options that decide what a run may take of the machine; they never change the bytes of the output. */
final class ResourceOptions {
    /** The part of the ceiling that goes to buffers. */
    private static final int BUFFER_SHARE = 8;

    private static final long LEAST_BUFFERS = 4L << 20;

    @Mixin
    private MemoryOption memory = new MemoryOption();

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
        long ceiling = memory.bytes();
        long buffers = ceiling == 0
                ? options.bufferBytes()
                : Math.max(LEAST_BUFFERS, Math.min(options.bufferBytes(), ceiling / BUFFER_SHARE));
        return options.withThreads(threads)
                .withBufferBytes(buffers)
                .withTemporaryFolder(temporaryFolder)
                .withSpoolInMemory(spool == Spool.MEMORY);
    }
}
