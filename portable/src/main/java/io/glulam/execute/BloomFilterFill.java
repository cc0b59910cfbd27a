package io.glulam.execute;

import io.glulam.decode.BatchReader;
import io.glulam.decode.ColumnBatch;
import io.glulam.error.CorruptFile;
import io.glulam.error.Unsupported;
import io.glulam.page.BodyArrays;
import io.glulam.pipeline.HeapPiece;
import io.glulam.pipeline.Pipeline;
import io.glulam.recode.ValueBloomFilter;
import io.glulam.shape.BloomFilterForm;
import io.glulam.source.FragmentChunk;
import io.glulam.source.SourceChunk;
import io.glulam.splice.SurveyedColumn;
import io.glulam.statistics.BloomFilter;
import org.jspecify.annotations.Nullable;

/**
 * Fills the bloom filter that a table asks for in a column whose pages move: workers decode the sources' values and add
 * them. The filter begins in the size for as many different values as there are values, and is folded at the end. A
 * column that cannot be decoded gets none, since a filter is an aid.
 */
final class BloomFilterFill {
    /** Batches, levels and small change, measured for recoded columns. */
    private static final long FIXED = 2L << 20;

    private static final byte[] NOTHING = {};

    private final SurveyedColumn column;
    private final BloomFilterForm form;
    private final ValueBloomFilter filter;
    private volatile @Nullable String problem;

    private BloomFilterFill(SurveyedColumn column, BloomFilterForm form, long values) {
        this.column = column;
        this.form = form;
        this.filter = ValueBloomFilter.of(column.leaf(), values, form.falsePositiveRate(), BloomFilters.longest(form));
    }

    /** Submits the work; it is done when the pages that are submitted later are written. */
    static BloomFilterFill submit(SurveyedColumn column, BloomFilterForm form, Pipeline<WrittenRowGroups> pipeline) {
        long values = column.fragments().stream()
                .mapToLong(fragment -> fragment.chunk().valueCount())
                .sum();
        BloomFilterFill fill = new BloomFilterFill(column, form, values);
        for (FragmentChunk fragment : column.fragments()) {
            // An estimate that is more than what one piece may cost only lets less go on beside it.
            long cost = Math.min(pipeline.capacity(), FIXED + 4L * longestPage(column) + 3L * column.unionBytes());
            pipeline.submit(pipeline.begin(cost, () -> {
                fill.add(fragment);
                return new HeapPiece<>(NOTHING, (written, place) -> {});
            }));
        }
        return fill;
    }

    private static long longestPage(SurveyedColumn column) {
        long longest = 0;
        for (int page = 0; page < column.pageCount(); page++) {
            longest = Math.max(longest, column.length(page));
        }
        return longest;
    }

    private void add(FragmentChunk fragment) {
        if (problem != null) {
            return;
        }
        ColumnBatch batch = new ColumnBatch(column.leaf());
        ValueBloomFilter own = filter.sharing();
        try (BatchReader reader = new BatchReader(
                column.leaf(),
                new SourceChunk(fragment.file(), fragment.chunk(), new BodyArrays()),
                fragment.createdBy())) {
            while (reader.next(batch)) {
                own.add(batch);
            }
        } catch (CorruptFile | Unsupported undecodable) {
            problem = "it is asked for, and the values cannot be decoded";
        }
    }

    /** Returns the filter; null if there is none. */
    @Nullable
    BloomFilter finished(DroppedAids aids) {
        String undecodable = problem;
        if (undecodable != null) {
            aids.note(column.fragments().get(0).rowGroup(), column.leaf().name(), "bloom filter", undecodable);
            return null;
        }
        return filter.folded(form.falsePositiveRate()).filter();
    }
}
