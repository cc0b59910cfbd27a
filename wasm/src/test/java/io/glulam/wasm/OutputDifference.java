package io.glulam.wasm;

import io.glulam.codec.JvmCodecs;
import io.glulam.footer.Footer;
import io.glulam.footer.FooterReader;
import io.glulam.format.ColumnChunk;
import io.glulam.format.CompressionCodec;
import io.glulam.format.Leaf;
import io.glulam.page.PageHeader;
import io.glulam.page.PageStream.Page;
import io.glulam.source.SourceChunk;
import io.glulam.source.SourceFile;
import io.glulam.storage.RangeReader;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;

/** How two outputs differ, except in packed bytes, and in sizes and places that follow from them. */
final class OutputDifference {
    private static final long BUFFERS = 64L << 20;

    private OutputDifference() {}

    /**
     * Compares row groups, column chunks and pages.
     *
     * @param codecs filled with how many chunks have which codec
     * @return the first difference; empty if there is none
     */
    static String of(byte[] left, byte[] right, Map<CompressionCodec, Integer> codecs) {
        SourceFile a = file(left);
        SourceFile b = file(right);
        Footer mine = a.footer();
        Footer theirs = b.footer();
        if (mine.rowGroupCount() != theirs.rowGroupCount()) {
            return mine.rowGroupCount() + " and " + theirs.rowGroupCount() + " row groups";
        }
        for (int rowGroup = 0; rowGroup < mine.rowGroupCount(); rowGroup++) {
            for (Leaf leaf : mine.schema().leaves()) {
                ColumnChunk chunk = mine.chunk(rowGroup, leaf.index());
                codecs.merge(CompressionCodec.values()[chunk.codec()], 1, Integer::sum);
                String difference = pages(a, chunk, b, theirs.chunk(rowGroup, leaf.index()));
                if (!difference.isEmpty()) {
                    return "row group " + rowGroup + ", " + leaf.name() + ": " + difference;
                }
            }
        }
        return "";
    }

    private static String pages(SourceFile a, ColumnChunk left, SourceFile b, ColumnChunk right) {
        if (left.codec() != right.codec() || left.valueCount() != right.valueCount()) {
            return "codec or number of values";
        }
        try (SourceChunk mine = new SourceChunk(a, left);
                SourceChunk theirs = new SourceChunk(b, right)) {
            for (int page = 0; ; page++) {
                Page one = mine.next();
                Page other = theirs.next();
                if (one == null || other == null) {
                    return one == null && other == null ? "" : "number of pages";
                }
                if (!shape(one.header()).equals(shape(other.header()))) {
                    return "page " + page + ": " + shape(one.header()) + " and " + shape(other.header());
                }
                if (!Arrays.equals(
                        one.body(),
                        one.from(),
                        one.from() + one.length(),
                        other.body(),
                        other.from(),
                        other.from() + other.length())) {
                    return "page " + page + ": other uncompressed bytes";
                }
            }
        }
    }

    private static String shape(PageHeader header) {
        return header.type() + " " + header.encoding() + " " + header.valueCount() + " " + header.uncompressedSize();
    }

    private static SourceFile file(byte[] bytes) {
        HeapReader reader = new HeapReader(bytes);
        return SourceFile.of(reader, FooterReader.read(reader, BUFFERS), BUFFERS, JvmCodecs.INSTANCE);
    }

    private record HeapReader(byte[] bytes) implements RangeReader {
        @Override
        public String name() {
            return "output";
        }

        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public String version() {
            return "1";
        }

        @Override
        public void read(long position, ByteBuffer target) {
            target.put(bytes, (int) position, target.remaining());
        }

        @Override
        public void checkUnchanged() {}

        @Override
        public void close() {}
    }
}
