package io.glulam.execute;

import io.glulam.pipeline.Pipeline;
import io.glulam.source.ChunkExtents;
import io.glulam.source.ChunkExtents.Extent;
import io.glulam.source.SourceFile;
import io.glulam.staging.StagingPlan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Sends kept row groups through the pipeline: their column chunks as they are, together where they lie together. */
final class RowGroupCopier {
    private final SourceFile file;
    private final Pipeline pipeline;
    private final ChunkExtents extents;

    private record Span(int column, long start, long end) {}

    RowGroupCopier(SourceFile file, Pipeline pipeline) {
        this.file = file;
        this.pipeline = pipeline;
        this.extents = new ChunkExtents(file);
    }

    /** Submits a row group. The result is complete once the pipeline is drained. */
    OutputRowGroup.Kept submit(int rowGroup) {
        List<Extent> chunks = extents.of(rowGroup);
        List<Span> spans = spans(chunks);
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
        return new OutputRowGroup.Kept(
                rowGroup, shifts, chunks.stream().mapToLong(Extent::surplus).toArray());
    }

    private static boolean isNear(long end, long next) {
        return next - end <= StagingPlan.COPIED_GAP;
    }

    private void submit(List<Span> run, long end, long[] shifts) {
        long start = run.get(0).start();
        pipeline.submitCopy(file.bytes().reader(), start, end - start, position -> {
            for (Span span : run) {
                shifts[span.column()] = position - start;
            }
        });
    }

    private List<Span> spans(List<Extent> extents) {
        List<Span> spans = new ArrayList<>();
        for (Extent extent : extents) {
            spans.add(new Span(spans.size(), extent.start(), extent.end()));
        }
        return spans;
    }
}
