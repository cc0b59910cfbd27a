package io.glulam.execute;

import io.glulam.footer.Footer;
import io.glulam.format.ColumnChunk;
import io.glulam.statistics.WriterTrust;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Sends kept row groups through the pipeline: their column chunks as they are, together where they lie together. */
final class RowGroupCopier {
    /** What parquet-mr before 1.2.9 leaves out of a chunk's size (PARQUET-816), as its own reader allows for. */
    static final int UNCOUNTED_HEADER = 100;

    /** A hole in a row group up to which copying it is cheaper than two copies. */
    static final int GAP = 64 << 10;

    private final Footer footer;
    private final SourceBytes source;
    private final Pipeline pipeline;
    private final boolean trustsSizes;

    private record Span(int column, long start, long end) {}

    RowGroupCopier(Footer footer, SourceBytes source, Pipeline pipeline, WriterTrust trust) {
        this.footer = footer;
        this.source = source;
        this.pipeline = pipeline;
        this.trustsSizes = trust.trustsChunkSizes();
    }

    /** Whether the source begins with the magic and then this row group, so that both can be copied together. */
    static boolean beginsLikeSource(Footer footer, int rowGroup) {
        return footer.schema().leaves().stream()
                .anyMatch(leaf -> footer.chunk(rowGroup, leaf.index()).start() == PlanExecutor.MAGIC.length);
    }

    /** Submits a row group. The result is complete once the pipeline is drained. */
    OutputRowGroup.Kept submit(int rowGroup) {
        List<Span> spans = spans(rowGroup);
        long[] shifts = new long[spans.size()];
        spans.sort(Comparator.comparingLong(Span::start));
        int first = 0;
        while (first < spans.size()) {
            int end = first + 1;
            long reach = spans.get(first).end();
            while (end < spans.size() && isNear(reach, spans.get(end).start())) {
                reach = Math.max(reach, spans.get(end).end());
                end++;
            }
            submit(spans.subList(first, end), reach, shifts);
            first = end;
        }
        return new OutputRowGroup.Kept(rowGroup, shifts);
    }

    private static boolean isNear(long end, long next) {
        return next - end <= GAP;
    }

    private void submit(List<Span> run, long end, long[] shifts) {
        long start = run.get(0).start();
        pipeline.submitCopy(source.reader(), start, end - start, position -> {
            for (Span span : run) {
                shifts[span.column()] = position - start;
            }
        });
    }

    private List<Span> spans(int rowGroup) {
        List<Span> spans = new ArrayList<>();
        for (int column = 0; column < footer.schema().leaves().size(); column++) {
            ColumnChunk chunk = footer.chunk(rowGroup, column);
            long end = chunk.start() + chunk.compressedSize();
            if (!trustsSizes) {
                end = Math.min(end + UNCOUNTED_HEADER, footer.offsetInFile());
            }
            spans.add(new Span(column, chunk.start(), end));
        }
        return spans;
    }
}
