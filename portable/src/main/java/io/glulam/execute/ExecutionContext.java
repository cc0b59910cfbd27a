package io.glulam.execute;

import io.glulam.format.Leaf;
import io.glulam.pipeline.ExecutionResources;
import io.glulam.pipeline.Pipeline;
import io.glulam.plan.Settings;
import io.glulam.planning.SurveyCache;
import io.glulam.shape.BloomFilterForm;
import io.glulam.source.SourceFile;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The state that all row groups of a run share.
 *
 * @param surveys of the source's columns
 * @param settings of the plan
 * @param bloomFilters that the table asks for, by field id of the column
 * @param resources that the run may use
 * @param carried in which columns the output carries on claims of the source that the run does not count
 * @param aids hears which indexes, filters and statistics of the source are damaged; for the thread that submits
 * @param unpackedForRows bytes that were decompressed to count rows; for any thread
 * @param uncounted hears which columns' rows only the verification counts; for the writer
 * @param unfinished closes what columns hold open if the run fails
 * @param pipeline that the output goes through
 */
record ExecutionContext(
        SurveyCache surveys,
        Settings settings,
        Map<Integer, BloomFilterForm> bloomFilters,
        ExecutionResources resources,
        CarriedClaims carried,
        DroppedAids aids,
        AtomicLong unpackedForRows,
        UncountedRows uncounted,
        Unfinished unfinished,
        Pipeline<WrittenRowGroups> pipeline) {
    SourceFile file() {
        return surveys.file();
    }

    /** Returns the bloom filter that the table asks for in a column; null for none. */
    @Nullable
    BloomFilterForm bloomFilter(Leaf leaf) {
        return BloomFilters.asked(bloomFilters, file().footer().schema(), leaf);
    }
}
