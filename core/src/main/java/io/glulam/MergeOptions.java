package io.glulam;

import io.glulam.join.MetadataRule;

/**
 * How a {@link Merger} works.
 *
 * @param compaction what the row groups of the inputs become and what a run may use, as for one file
 * @param metadata which key-value metadata an output gets where its inputs differ
 * @param maxFileBytes compressed bytes that the row groups of one output may have in the inputs; {@link Long#MAX_VALUE}
 *     for one output. A row group is never split, so that one that is larger makes a larger output
 */
public record MergeOptions(CompactionOptions compaction, MetadataRule metadata, long maxFileBytes) {
    public MergeOptions {
        if (maxFileBytes < 1) {
            throw new IllegalArgumentException("an output needs at least one byte");
        }
    }

    /** The defaults of a compaction; only the metadata that all inputs have; one output. */
    public static MergeOptions defaults() {
        return new MergeOptions(CompactionOptions.defaults(), MetadataRule.COMMON, Long.MAX_VALUE);
    }

    public MergeOptions withCompaction(CompactionOptions other) {
        return new MergeOptions(other, metadata, maxFileBytes);
    }

    public MergeOptions withMetadata(MetadataRule other) {
        return new MergeOptions(compaction, other, maxFileBytes);
    }

    public MergeOptions withMaxFileBytes(long other) {
        return new MergeOptions(compaction, metadata, other);
    }
}
