package io.glulam.execute;

import io.glulam.error.GlulamException;
import io.glulam.error.Place;
import io.glulam.format.ColumnChunk;
import io.glulam.format.Leaf;
import io.glulam.format.SizeStatistics;
import io.glulam.format.Statistics;
import io.glulam.page.PageForm;
import io.glulam.pipeline.BufferPool;
import io.glulam.pipeline.Pipeline;
import io.glulam.plan.ColumnPlan;
import io.glulam.plan.OutputGroup.MergedGroup;
import io.glulam.plan.Settings;
import io.glulam.plan.Tier;
import io.glulam.planning.Surveys;
import io.glulam.recode.RecodedChunk;
import io.glulam.source.Fragment;
import io.glulam.source.SourceFile;
import io.glulam.splice.ChunkBuilder;
import io.glulam.splice.MergedChunk;
import io.glulam.splice.PageSummaries;
import io.glulam.splice.SurveyedColumn;
import io.glulam.statistics.BloomFilter;
import io.glulam.statistics.SizeStatisticsMerger;
import io.glulam.statistics.StatisticsMerger;
import io.glulam.statistics.ValueOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sends merged row groups through the pipeline, column by column in schema order. */
final class RowGroupMerger {
    private final SourceFile file;
    private final Pipeline pipeline;
    private final BufferPool buffers = new BufferPool();
    private final Settings settings;
    private final Surveys surveys;
    private final RecodeAhead ahead;
    private final DroppedAids aids;

    /** @param aids hears which indexes and filters of the sources are damaged */
    RowGroupMerger(Surveys surveys, Pipeline pipeline, Settings settings, RecodeAhead ahead, DroppedAids aids) {
        this.file = surveys.file();
        this.surveys = surveys;
        this.pipeline = pipeline;
        this.settings = settings;
        this.ahead = ahead;
        this.aids = aids;
    }

    /** Submits a row group. The result is complete once the pipeline is drained. */
    OutputRowGroup.Merged submit(MergedGroup group) {
        int[] sources = group.sources().toArray();
        List<Leaf> leaves = file.footer().schema().leaves();
        List<MergedChunk> chunks = new ArrayList<>();
        for (ColumnPlan column : group.columns()) {
            if (column.tier() == Tier.RECODE) {
                submitRecoded(ahead.next(), chunks);
                continue;
            }
            Leaf leaf = leaves.get(column.leaf());
            try {
                submit(leaf, column, surveys.take(group.sources(), leaf), chunks);
            } catch (GlulamException failure) {
                throw failure.within(new Place(file.bytes().name(), -1, leaf.name(), -1));
            }
        }
        return new OutputRowGroup.Merged(group.rows(), sources, chunks, SortingColumnsOf.merged(file, sources));
    }

    private void submit(Leaf leaf, ColumnPlan plan, SurveyedColumn column, List<MergedChunk> chunks) {
        List<Fragment> fragments = column.fragments();
        fragments.forEach(fragment -> noteUnusable(fragment, leaf));
        boolean ordersDeclared = file.footer().schema().columnOrdersDeclared();
        PageForm form = column.form(file.trust(), settings.compression());
        int codec = plan.tier() == Tier.JOIN ? column.codec() : form.codec().ordinal();
        ChunkBuilder builder = new ChunkBuilder(leaf, codec, file.trust(), ordersDeclared);
        PageSummaries summaries = new PageSummaries(column, file.trust(), ordersDeclared, file.bytes());
        new ColumnTransfer(
                        file.bytes(),
                        pipeline,
                        buffers,
                        column,
                        summaries,
                        form,
                        plan.tier(),
                        settings,
                        builder,
                        file.maxPageBytes())
                .submit(position -> chunks.add(finish(
                        column,
                        builder,
                        position,
                        statistics(leaf, fragments),
                        sizes(leaf, fragments),
                        BloomFilters.merged(file, column))));
    }

    private void noteUnusable(Fragment fragment, Leaf leaf) {
        ColumnChunk chunk = fragment.chunk();
        noteUnusable(fragment, leaf, chunk.bloomFilterOffset(), "bloom filter");
        noteUnusable(fragment, leaf, chunk.columnIndexOffset(), "column index");
        noteUnusable(fragment, leaf, chunk.offsetIndexOffset(), "offset index");
    }

    private void noteUnusable(Fragment fragment, Leaf leaf, long offset, String aid) {
        if (offset == ColumnChunk.UNUSABLE) {
            aids.add(fragment.rowGroup(), leaf.name(), aid, DroppedAids.OUTSIDE);
        }
    }

    private void submitRecoded(RecodeAhead.Column column, List<MergedChunk> chunks) {
        ChunkBuilder builder =
                new ChunkBuilder(column.source().leaf(), column.form().codec().ordinal());
        pipeline.submit(column.recoded(), position -> {
            RecodedColumn recoded = column.recoded().made();
            RecodedChunk facts = recoded.chunk();
            Statistics statistics = boundedAsBefore(column.source(), facts.statistics());
            recoded.describe(builder, position, statistics);
            chunks.add(finish(
                    column.source(), builder, position, statistics, facts.sizeStatistics(), recoded.bloomFilter()));
        });
    }

    private MergedChunk finish(
            SurveyedColumn column,
            ChunkBuilder builder,
            long position,
            @Nullable Statistics statistics,
            @Nullable SizeStatistics sizes,
            @Nullable BloomFilter bloomFilter) {
        ColumnChunk chunk = builder.chunk(position, statistics, sizes, keyValues(column.fragments()));
        return new MergedChunk(
                chunk,
                builder.columnIndex(),
                builder.offsetIndex(),
                bloomFilter,
                column.pageCount(),
                builder.pageCount());
    }

    /**
     * What was computed of a recoded column. Bounds were not if there is NaN among the values: then they are what the
     * sources say, so that readers skip what they skipped before, and no more.
     */
    private Statistics boundedAsBefore(SurveyedColumn column, Statistics computed) {
        if (computed.minValue() != null || !ValueOrder.of(column.leaf()).isFloatingPoint()) {
            return computed;
        }
        Statistics merged = statistics(column.leaf(), column.fragments());
        return merged == null ? computed : computed.withBoundsOf(merged);
    }

    private @Nullable Statistics statistics(Leaf leaf, List<Fragment> fragments) {
        StatisticsMerger merger =
                new StatisticsMerger(leaf, file.trust(), file.footer().schema().columnOrdersDeclared());
        for (Fragment fragment : fragments) {
            merger.add(fragment.chunk().statistics(), fragment.chunk().valueCount());
        }
        return merger.merged();
    }

    private static @Nullable SizeStatistics sizes(Leaf leaf, List<Fragment> fragments) {
        SizeStatisticsMerger merger = new SizeStatisticsMerger(leaf);
        for (Fragment fragment : fragments) {
            merger.add(fragment.chunk().sizeStatistics(), fragment.chunk().valueCount());
        }
        return merger.merged();
    }

    /** The chunks' own key-value metadata where all say the same. */
    private static byte @Nullable [] keyValues(List<Fragment> fragments) {
        byte[] first = fragments.get(0).chunk().keyValueMetadata();
        for (Fragment fragment : fragments) {
            if (!Arrays.equals(first, fragment.chunk().keyValueMetadata())) {
                return null;
            }
        }
        return first;
    }
}
