package io.glulam.source;

import io.glulam.footer.FileMagic;
import io.glulam.footer.Footer;
import io.glulam.format.ColumnChunk;
import io.glulam.format.CompressionCodec;
import io.glulam.format.Leaf;
import io.glulam.page.BodyArrays;
import io.glulam.page.LevelReader;
import io.glulam.page.PageBodyReader;
import io.glulam.page.PageWalker;
import io.glulam.page.codec.PageCodec;
import io.glulam.page.codec.PageCodecs;
import io.glulam.statistics.WriterTrust;
import io.glulam.storage.RangeReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pinned source with its footer read.
 *
 * @param footer as read
 * @param bytes its bytes
 * @param writers of its row groups
 * @param maxPageBytes largest page that memory allows
 * @param codecs of the platform
 */
public record SourceFile(Footer footer, SourceBytes bytes, Writers writers, int maxPageBytes, PageCodecs codecs) {
    /**
     * Returns a source whose footer was read.
     *
     * @param bufferBytes memory that buffers may take
     */
    public static SourceFile of(RangeReader reader, Footer footer, long bufferBytes, PageCodecs codecs) {
        int maxPageBytes = (int) Math.min(Integer.MAX_VALUE - 8, bufferBytes / PageBodyReader.PAGE_SHARE);
        return new SourceFile(footer, new SourceBytes(reader), Writers.of(footer, reader), maxPageBytes, codecs);
    }

    /**
     * Returns this file for work on neighbouring columns: where the chunks are short, those of a row group are read
     * together and held.
     *
     * @param chunks column by column, of each as many
     */
    SourceFile holding(int columns, List<ColumnChunk> chunks) {
        return new SourceFile(footer, bytes.holding(columns, chunks), writers, maxPageBytes, codecs);
    }

    /** Returns what readers take for granted in a file of this one's footer: the output must be written so. */
    public WriterTrust trust() {
        return writers.named();
    }

    /** Returns the known faults of a row group's writer. */
    public WriterTrust trust(int rowGroup) {
        return writers.of(rowGroup);
    }

    /** Returns the {@code created_by} of the file that a row group comes from; null if absent. */
    public @Nullable String createdBy(int rowGroup) {
        return writers.of(rowGroup).createdBy();
    }

    /** Returns the name of its object. */
    public String name() {
        return bytes.name();
    }

    /** Reads pages of a chunk into arrays of its own; the codec is closed by the caller. */
    public PageBodyReader bodies(PageCodec codec) {
        return bodies(codec, new BodyArrays());
    }

    /**
     * Reads pages of a chunk.
     *
     * @param codec closed by the caller
     * @param arrays that nothing else uses meanwhile
     */
    public PageBodyReader bodies(PageCodec codec, BodyArrays arrays) {
        return new PageBodyReader(bytes, codec, maxPageBytes, trust().dialect().alwaysCompressedV2(), arrays);
    }

    /** Reads levels of a column's pages; of a codec that is unknown, of pages of version 2 only. */
    public LevelReader levels(Leaf leaf, int chunkCodec) {
        CompressionCodec known = CompressionCodec.of(chunkCodec);
        return new LevelReader(bytes, leaf, known == null ? null : codecs.of(known), maxPageBytes);
    }

    /** Returns the memory that buffers may take, in bytes. */
    public long bufferBytes() {
        return (long) maxPageBytes * PageBodyReader.PAGE_SHARE;
    }

    /** Returns where a column chunk ends at the latest, with the header that its size may leave out. */
    public long end(int rowGroup, ColumnChunk chunk) {
        int uncounted = trust(rowGroup).trustsChunkSizes() ? 0 : PageWalker.MAX_UNCOUNTED_HEADER;
        long end = chunk.start() + chunk.compressedSize() + uncounted;
        return Math.min(end, footer.offsetInFile());
    }

    /** Returns whether the file begins with the magic and then this row group, so that both can be copied together. */
    public boolean beginsWith(int rowGroup) {
        return footer.schema().leaves().stream()
                .anyMatch(leaf -> footer.chunk(rowGroup, leaf.index()).start() == FileMagic.LENGTH);
    }

    /** Returns the row group before {@code rowGroup} that has rows; -1 if there is none. */
    public int rowGroupBefore(int rowGroup) {
        int before = rowGroup - 1;
        while (before >= 0 && footer.rows(before) == 0) {
            before--;
        }
        return before;
    }

    /**
     * Returns whether a kept row group gets another predecessor in the output than in its own file: then a row must not
     * lie across both.
     *
     * @param previous the row group of the source before it in the output; -1 if it is the first
     */
    public boolean getsOtherPredecessor(int rowGroup, int previous) {
        int before = rowGroupBefore(rowGroup);
        if (previous != before) {
            return true;
        }
        // Row groups without rows may stand between, at the border of two files.
        for (int next = before + 1; next <= rowGroup; next++) {
            if (bytes.reader().followsOtherObject(next)) {
                return true;
            }
        }
        return false;
    }

    /** Returns the column's chunks in those row groups. */
    public List<FragmentChunk> fragments(int[] rowGroups, Leaf leaf) {
        List<FragmentChunk> fragments = new ArrayList<>(rowGroups.length);
        for (int rowGroup : rowGroups) {
            fragments.add(
                    new FragmentChunk(this, rowGroup, footer.rows(rowGroup), footer.chunk(rowGroup, leaf.index())));
        }
        return fragments;
    }
}
