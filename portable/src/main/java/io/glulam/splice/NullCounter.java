package io.glulam.splice;

import io.glulam.error.GlulamException;
import io.glulam.format.CompressionCodec;
import io.glulam.format.Encoding;
import io.glulam.format.Leaf;
import io.glulam.format.ThriftReader;
import io.glulam.page.BitWidth;
import io.glulam.page.HybridDecoder;
import io.glulam.page.PageBodyReader;
import io.glulam.page.PageHeader;
import io.glulam.page.PageSections;
import io.glulam.page.codec.PageCodec;
import io.glulam.source.SourceFile;
import org.jspecify.annotations.Nullable;

/**
 * Counts the nulls of single data pages by their definition levels. Meant for pages that are said to hold nothing else:
 * those are small, and a reader that believes it skips their rows. Not thread-safe.
 */
final class NullCounter implements AutoCloseable {
    private final SourceFile file;
    private final SurveyedColumn column;
    private final Leaf leaf;
    private int openCodec = -1;
    private @Nullable PageCodec codec;
    private @Nullable PageBodyReader bodies;

    NullCounter(SurveyedColumn column) {
        this.file = column.file();
        this.column = column;
        this.leaf = column.leaf();
    }

    /** Nulls of a data page; -1 if its levels cannot be read, or are in the deprecated BIT_PACKED encoding. */
    int count(int page) {
        PageTable pages = column.pages();
        if (leaf.maxDefinitionLevel() == 0) {
            return 0;
        }
        if (pages.hasBitPackedLevels(page)) {
            return -1;
        }
        try {
            PageHeader header = header(pages.position(page), pages.headerLength(page));
            return pages.version(page) == 2 ? countVersion2(page, header) : countVersion1(page, header);
        } catch (GlulamException unreadable) {
            return -1;
        }
    }

    private PageHeader header(long position, int length) {
        byte[] bytes = new byte[length];
        file.bytes().read(position, bytes, 0, length);
        return PageHeader.read(new ThriftReader(bytes, 0, length, position));
    }

    /** The levels of version 2 are not compressed. */
    private int countVersion2(int page, PageHeader header) {
        byte[] levels = new byte[header.levels().definitionBytes()];
        long levelsAt = column.pages().position(page)
                + column.pages().headerLength(page)
                + header.levels().repetitionBytes();
        file.bytes().read(levelsAt, levels, 0, levels.length);
        return nulls(leaf, header, levels, 0, levels.length);
    }

    private int countVersion1(int page, PageHeader header) {
        PageBodyReader reader = reader(page);
        if (reader == null || header.levels().definitionEncoding() != Encoding.RLE.value()) {
            return -1;
        }
        byte[] body = reader.read(column.pages().position(page), column.pages().headerLength(page), header);
        PageSections sections = PageSections.of(header, leaf, body, 0, header.uncompressedSize());
        int from = sections.definitionFrom();
        return nulls(leaf, header, body, from, from + sections.definitionLength());
    }

    /** Nulls of a page whose definition levels are {@code levels[from, to)}. */
    static int nulls(Leaf leaf, PageHeader header, byte[] levels, int from, int to) {
        int max = leaf.maxDefinitionLevel();
        return header.valueCount() - HybridDecoder.count(levels, from, to, BitWidth.of(max), header.valueCount(), max);
    }

    private @Nullable PageBodyReader reader(int page) {
        int wanted = column.fragmentOf(page).chunk().codec();
        if (wanted != openCodec) {
            close();
            openCodec = wanted;
            CompressionCodec known = CompressionCodec.of(wanted);
            codec = known == null ? null : file.codecs().of(known);
            bodies = codec == null ? null : file.bodies(codec);
        }
        return bodies;
    }

    @Override
    public void close() {
        if (codec != null) {
            codec.close();
            codec = null;
        }
    }
}
