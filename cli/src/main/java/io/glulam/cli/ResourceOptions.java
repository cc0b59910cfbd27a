package io.glulam.cli;

import io.glulam.CompactionOptions;
import io.glulam.cli.option.CommandPart;
import io.glulam.cli.option.Kind;
import io.glulam.cli.option.Value;
import io.glulam.cli.option.Words;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The options that decide what a run may take of the machine; they never change the bytes of the output. */
final class ResourceOptions implements CommandPart {
    /** The part of the ceiling that goes to buffers. */
    private static final int BUFFER_SHARE = 8;

    private final MemoryOption memory;

    private final Value<Integer> threads = Value.option(
            Kind.INTEGER, "N", "Number of threads that work at once (default: one per processor).", "--threads");

    private final Value<Path> temporaryFolder = Value.option(
            Kind.PATH,
            "DIR",
            "Folder for temporary files of data that does not fit the memory (default: the system's).",
            "--tmp-dir");

    /** Where what is fetched of an object in a store lies meanwhile. */
    enum Spool {
        MEMORY,
        DISK
    }

    private final Value<Spool> spool = Value.option(
            Words.constant(Spool.class),
            "WHERE",
            "Where a run keeps fragments of objects in stores: disk (default), or memory, which refuses objects"
                    + " whose fragments do not fit.",
            "--spool");

    /** @param memoryBounds least value and default of {@code --memory}, as the help tells them */
    ResourceOptions(String memoryBounds) {
        memory = new MemoryOption(memoryBounds);
    }

    @Override
    public void addTo(CommandSpec spec) {
        memory.addTo(spec);
        threads.addTo(spec);
        temporaryFolder.addTo(spec);
        spool.addTo(spec);
    }

    /** The least ceiling, as an option's value, whose buffers take {@code bufferBytes}. */
    static String memoryFor(long bufferBytes) {
        long perMebibyte = (1L << 20) / BUFFER_SHARE;
        return (bufferBytes + perMebibyte - 1) / perMebibyte + "MiB";
    }

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
                : Math.max(CompactionOptions.MIN_BUFFER_BYTES, Math.min(options.bufferBytes(), ceiling / BUFFER_SHARE));
        return options.withThreads(threads.or(Runtime.getRuntime().availableProcessors()))
                .withBufferBytes(buffers)
                .withTemporaryFolder(temporaryFolder.get())
                .withSpoolInMemory(spool.get() == Spool.MEMORY);
    }
}
