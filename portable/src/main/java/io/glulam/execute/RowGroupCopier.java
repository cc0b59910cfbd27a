package io.glulam.execute;

import io.glulam.pipeline.Description;
import io.glulam.pipeline.Pipeline;
import io.glulam.pipeline.SourceRange;
import io.glulam.pipeline.Task;
import io.glulam.source.ChunkExtents;
import io.glulam.source.ChunkExtents.Extent;
import io.glulam.source.SourceFile;
import io.glulam.storage.ByteRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A kept row group: its column chunks are copied as they are, together where they lie together. */
final class RowGroupCopier implements RowGroupJob {
    private final SourceFile file;
    private final Pipeline<WrittenRowGroups> pipeline;
    private final ChunkExtents extents;
    private final int rowGroup;

    private record Span(int column, long start, long end) {}

    RowGroupCopier(ExecutionContext run, ChunkExtents extents, int rowGroup) {
        this.file = run.file();
        this.pipeline = run.pipeline();
        this.extents = extents;
        this.rowGroup = rowGroup;
    }

    @Override
    public List<ColumnRecoding> recodings() {
        return List.of();
    }

    @Override
    public void submit() {
        List<Extent> chunks = extents.of(rowGroup);
        List<Span> spans = spans(chunks);
        long[] surplus = chunks.stream().mapToLong(Extent::surplus).toArray();
        KeptRowGroup kept = new KeptRowGroup(new OutputRowGroup.Kept(rowGroup), new long[chunks.size()], surplus);
        if (spans.isEmpty()) {
            pipeline.submit(new Task.Moved<>(0, List.of(), new CopiedRun(kept, spans, 0, true)));
        }
        int first = 0;
        while (first < spans.size()) {
            int end = first + 1;
            long reach = spans.get(first).end();
            while (end < spans.size() && isNear(reach, spans.get(end).start())) {
                reach = Math.max(reach, spans.get(end).end());
                end++;
            }
            long start = spans.get(first).start();
            pipeline.submit(new Task.Copied<>(
                    new SourceRange(file.bytes(), start, reach - start),
                    new CopiedRun(kept, spans.subList(first, end), start, end == spans.size())));
            first = end;
        }
    }

    private boolean isNear(long end, long next) {
        return next - end <= file.bytes().reader().copiedGap();
    }

    private static List<Span> spans(List<Extent> extents) {
        List<Span> spans = new ArrayList<>();
        for (Extent extent : extents) {
            spans.add(new Span(spans.size(), extent.start(), extent.end()));
        }
        spans.sort(Comparator.comparingLong(Span::start));
        return spans;
    }

    /**
     * A kept row group while its column chunks are copied.
     *
     * @param shifts filled as its chunks are written
     */
    @SuppressWarnings("ArrayRecordComponent")
    private record KeptRowGroup(OutputRowGroup.Kept rowGroup, long[] shifts, long[] surplus) {}

    /**
     * Column chunks that are copied together.
     *
     * @param kept their row group, whose shifts are known once they are written
     * @param start of the first of them in the source
     * @param last whether the row group ends with them
     */
    private record CopiedRun(KeptRowGroup kept, List<Span> spans, long start, boolean last)
            implements Description<WrittenRowGroups> {
        @Override
        public void describe(WrittenRowGroups written, ByteRange place) {
            for (Span span : spans) {
                kept.shifts()[span.column()] = place.start() - start;
            }
            if (last) {
                written.add(kept.rowGroup(), kept.shifts(), kept.surplus(), place.end());
            }
        }
    }
}
