package io.glulam.execute;

import io.glulam.format.ColumnChunk;
import io.glulam.pipeline.Pipeline;
import io.glulam.source.SourceFile;
import io.glulam.staging.StagingPlan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Sends kept row groups through the pipeline: their column chunks as they are, together where they lie together. */
final class RowGroupCopier {
    private final SourceFile file;
    private final Pipeline pipeline;

    private record Span(int column, long start, long end) {}

    RowGroupCopier(SourceFile file, Pipeline pipeline) {
        this.file = file;
        this.pipeline = pipeline;
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

    private List<Span> spans(int rowGroup) {
        List<Span> spans = new ArrayList<>();
        for (int column = 0; column < file.footer().schema().leaves().size(); column++) {
            ColumnChunk chunk = file.footer().chunk(rowGroup, column);
            spans.add(new Span(column, chunk.start(), file.end(chunk)));
        }
        return spans;
    }
}
