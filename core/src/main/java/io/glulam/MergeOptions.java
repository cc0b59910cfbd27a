package io.glulam;

import io.glulam.join.MetadataRule;
import org.jspecify.annotations.Nullable;

/**
 * The options of a {@link Merger}.
 *
 * @param compaction what the row groups of the inputs become and what a run may use, as for one file
 * @param metadata which key-value metadata an output gets where its inputs differ
 * @param mismatch what becomes of an input that cannot be in one file with those before it
 * @param maxFileBytes compressed bytes that an output aims at; {@link Long#MAX_VALUE} for one output. A row group is never
 *     split, so that one that is larger makes a larger output
 * @param minInputFiles outputs that would take fewer inputs are not written; at least 1
 * @param widen whether columns whose types differ become of the wider type
 * @param minimumOf path, with dots, of the leaf column by whose minimum inputs are ordered; null to keep their order
 */
public record MergeOptions(
        CompactionOptions compaction,
        MetadataRule metadata,
        Mismatch mismatch,
        long maxFileBytes,
        int minInputFiles,
        boolean widen,
        @Nullable String minimumOf) {
    /** How a merge treats an input that cannot be in one file with those before it. */
    public enum Mismatch {
        /** The merge is refused, and nothing is written. */
        REFUSE,
        /** It gets an output of its own, together with the others of its kind. */
        GROUP
    }

    public MergeOptions {
        if (maxFileBytes < 1) {
            throw new IllegalArgumentException("an output needs at least one byte");
        }
        if (minInputFiles < 1) {
            throw new IllegalArgumentException("an output takes at least one input");
        }
    }

    /** Returns the defaults of a compaction; only the metadata that all inputs have; one output. */
    public static MergeOptions defaults() {
        return new MergeOptions(
                CompactionOptions.defaults(), MetadataRule.COMMON, Mismatch.REFUSE, Long.MAX_VALUE, 1, false, null);
    }

    public MergeOptions withCompaction(CompactionOptions other) {
        return new MergeOptions(other, metadata, mismatch, maxFileBytes, minInputFiles, widen, minimumOf);
    }

    public MergeOptions withMetadata(MetadataRule other) {
        return new MergeOptions(compaction, other, mismatch, maxFileBytes, minInputFiles, widen, minimumOf);
    }

    public MergeOptions withMismatch(Mismatch other) {
        return new MergeOptions(compaction, metadata, other, maxFileBytes, minInputFiles, widen, minimumOf);
    }

    public MergeOptions withMaxFileBytes(long other) {
        return new MergeOptions(compaction, metadata, mismatch, other, minInputFiles, widen, minimumOf);
    }

    public MergeOptions withMinInputFiles(int other) {
        return new MergeOptions(compaction, metadata, mismatch, maxFileBytes, other, widen, minimumOf);
    }

    public MergeOptions withWiden(boolean other) {
        return new MergeOptions(compaction, metadata, mismatch, maxFileBytes, minInputFiles, other, minimumOf);
    }

    public MergeOptions withMinimumOf(@Nullable String other) {
        return new MergeOptions(compaction, metadata, mismatch, maxFileBytes, minInputFiles, widen, other);
    }
}
