package io.glulam.bench.measure;

import java.time.Duration;
import java.util.stream.LongStream;

/** A process and those that it has started, which live on while it is measured. */
public record ProcessTree(long root) {
    /** Returns user and system time of the root so far. */
    public Duration processorOfRoot() {
        return ProcessFiles.processor(root);
    }

    /** Returns user and system time of all of them so far. */
    public Duration processor() {
        return LongStream.of(descendants()).mapToObj(ProcessFiles::processor).reduce(processorOfRoot(), Duration::plus);
    }

    /** Returns what the compilers of Java's code took so far, in all of them but the root. */
    public Duration compilersOfOthers() {
        return LongStream.of(descendants()).mapToObj(ProcessFiles::compilers).reduce(Duration.ZERO, Duration::plus);
    }

    private long[] descendants() {
        return ProcessHandle.of(root)
                .map(process ->
                        process.descendants().mapToLong(ProcessHandle::pid).toArray())
                .orElse(new long[0]);
    }
}
