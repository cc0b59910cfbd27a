package io.glulam.fuzz;

import io.glulam.CompactionOptions;
import io.glulam.CompactionReport;
import io.glulam.Compactor;
import io.glulam.Job;
import io.glulam.error.GlulamException;
import io.glulam.plan.Settings;
import org.jspecify.annotations.Nullable;

/**
 * A compaction in memory.
 *
 * @param output what came out; null if the source was refused
 * @param report of the run; null if the source was refused
 * @param refusal why the source was refused; null if it was not
 */
record Compaction(
        byte @Nullable [] output,
        @Nullable CompactionReport report,
        @Nullable GlulamException refusal) {
    private static final long BUFFERS = 16L << 20;

    /** Compacts a file. Whatever else than a refusal is thrown is a fault. */
    static Compaction of(byte[] source, Settings settings, int threads) {
        MemoryStore store = new MemoryStore();
        Compactor compactor = new Compactor(CompactionOptions.defaults()
                .withSettings(settings)
                .withThreads(threads)
                .withBufferBytes(BUFFERS));
        try {
            CompactionReport report = compactor.run(Job.of(store.put("source", source), store.object("output")));
            return new Compaction(store.bytes("output"), report, null);
        } catch (GlulamException refused) {
            return new Compaction(null, null, refused);
        }
    }
}
