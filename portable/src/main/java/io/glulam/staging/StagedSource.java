package io.glulam.staging;

import io.glulam.source.SourceFile;
import io.glulam.storage.ByteRange;
import io.glulam.storage.PartLimits;
import java.util.List;
import java.util.function.Supplier;

/** A remote source of which ranges are fetched before they are read, each in one request. Thread-safe. */
public interface StagedSource {
    /** The limits of the parts that its bytes may be copied into; without copies, all of it is fetched. */
    PartLimits target();

    /**
     * Fetches these ranges, as far as they are not fetched yet.
     *
     * @throws io.glulam.error.SourceChanged if the source is no longer the pinned version, where the store tells
     * @throws io.glulam.error.StorageFailed if it cannot be read
     */
    void stage(List<ByteRange> ranges);

    /**
     * Tells that the page headers and dictionaries of row groups will be read, column by column.
     *
     * @param groups row groups that may become one, in the order of the output
     * @param sampled gives the values whose pages will be read after that for samples, as far as the footer tells; asked for at
     *     most once
     */
    default void willSurvey(SourceFile file, List<int[]> groups, Supplier<List<SampledValues>> sampled) {}

    /**
     * Tells what will be read for samples.
     *
     * @param ranges gives them, in any order; asked for at most once
     */
    default void willSample(Supplier<List<ByteRange>> ranges) {}

    /**
     * Tells that row groups will be read whole, column by column.
     *
     * @param groups row groups that become one, in the order of the output
     */
    default void willMove(SourceFile file, List<int[]> groups) {}
}
