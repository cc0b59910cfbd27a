package io.glulam.testkit.bytes;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import java.util.zip.CRC32;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.IndexPageHeader;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;

/** Writes the pages of one chunk. */
final class PageWriter {
    private final ChunkScript chunk;
    private final ChunkDictionary dictionary;
    private final Random random;
    private final ValueEncoder encoder;

    /** A page as bytes. */
    record Written(PageHeader header, byte[] headerBytes, byte[] body) {
        int size() {
            return headerBytes.length + body.length;
        }

        int uncompressedSize() {
            return headerBytes.length + header.getUncompressed_page_size();
        }
    }

    PageWriter(ChunkScript chunk, ChunkDictionary dictionary, Random random) {
        this.chunk = chunk;
        this.dictionary = dictionary;
        this.random = random;
        this.encoder = new ValueEncoder(chunk.leaf.element().getType(), random);
    }

    Written dictionaryPage() {
        byte[] plain = chunk.dictionaryBytes.apply(encoder.plain(dictionary.entries()));
        byte[] stored = chunk.compression.compress(plain);
        PageHeader header = new PageHeader(PageType.DICTIONARY_PAGE, plain.length, stored.length);
        DictionaryPageHeader details =
                new DictionaryPageHeader(dictionary.entries().count(), chunk.dictionaryEncoding);
        if (chunk.dictionarySorted) {
            details.setIs_sorted(true);
        }
        header.setDictionary_page_header(details);
        chunk.dictionaryHeader.accept(header);
        return written(header, stored);
    }

    Written page(PageScript page, Slice slice) {
        PageHeader header;
        byte[] stored;
        if (page.isIndexPage) {
            stored = chunk.compression.compress(new byte[17]);
            header = new PageHeader(PageType.INDEX_PAGE, 17, stored.length);
            header.setIndex_page_header(new IndexPageHeader());
        } else {
            byte[] values = page.values.apply(values(page, slice));
            ByteSink body = new ByteSink();
            header = page.version == 1 ? version1(page, slice, values, body) : version2(page, slice, values, body);
            stored = body.bytes();
        }
        stored = page.stored.apply(stored);
        if (page.checksum != PageScript.Checksum.ABSENT) {
            CRC32 crc = new CRC32();
            crc.update(stored);
            header.setCrc((int) crc.getValue() + (page.checksum == PageScript.Checksum.WRONG ? 1 : 0));
        }
        page.header.accept(header);
        Written written = written(header, stored);
        return new Written(header, page.headerBytes.apply(written.headerBytes()), stored);
    }

    private byte[] values(PageScript page, Slice slice) {
        if (!page.isDictionaryEncoded()) {
            return encoder.encode(page.encoding, slice.values, page.valueRuns);
        }
        ByteSink out = new ByteSink();
        if (page.widthByte || slice.values.count() > 0) {
            int width = dictionary.width() + page.extraWidth;
            int[] indices = dictionary.indices(slice.values, random);
            out.putByte(width).put(RunWriter.write(indices, width, page.valueRuns, random));
        }
        return out.bytes();
    }

    private PageHeader version1(PageScript page, Slice slice, byte[] values, ByteSink out) {
        ByteSink plain = new ByteSink();
        levels1(plain, page, page.repetition.apply(slice.repetition.clone()), chunk.leaf.maxRepetitionLevel());
        levels1(plain, page, slice.definition, chunk.leaf.maxDefinitionLevel());
        plain.put(values);
        byte[] body = plain.bytes();
        out.put(chunk.compression.compress(body));
        PageHeader header = new PageHeader(PageType.DATA_PAGE, body.length, out.size());
        DataPageHeader details =
                new DataPageHeader(slice.count(), page.encoding, page.levelEncoding, page.levelEncoding);
        if (page.statistics) {
            details.setStatistics(slice.statistics(ChunkScript.Stats.BOUNDS));
        }
        header.setData_page_header(details);
        return header;
    }

    private void levels1(ByteSink out, PageScript page, int[] levels, int max) {
        if (max == 0) {
            return;
        }
        int width = 32 - Integer.numberOfLeadingZeros(max);
        if (page.levelEncoding == Encoding.BIT_PACKED) {
            out.put(page.levels.apply(RunWriter.mostSignificantFirst(levels, width)));
        } else {
            byte[] runs = page.levels.apply(RunWriter.write(levels, width, page.levelRuns, random));
            out.putLittleEndian(runs.length, 4).put(runs);
        }
    }

    private PageHeader version2(PageScript page, Slice slice, byte[] values, ByteSink out) {
        byte[] repetition =
                levels2(page, page.repetition.apply(slice.repetition.clone()), chunk.leaf.maxRepetitionLevel());
        byte[] definition = levels2(page, slice.definition, chunk.leaf.maxDefinitionLevel());
        boolean nothing = slice.values.count() == 0 && !page.valueBytesIfNone;
        byte[] plain = nothing ? new byte[0] : values;
        out.put(repetition).put(definition);
        if (!nothing) {
            out.put(page.compressed ? chunk.compression.compress(plain) : plain);
        }
        int size = repetition.length + definition.length + plain.length;
        PageHeader header = new PageHeader(PageType.DATA_PAGE_V2, size, out.size());
        DataPageHeaderV2 details = new DataPageHeaderV2(
                slice.count(), slice.nulls(), slice.rows(), page.encoding, definition.length, repetition.length);
        // Absent means compressed, which pages use at random.
        if (!page.compressed || random.nextBoolean()) {
            details.setIs_compressed(page.compressed);
        }
        if (page.statistics) {
            details.setStatistics(slice.statistics(ChunkScript.Stats.BOUNDS));
        }
        header.setData_page_header_v2(details);
        return header;
    }

    private byte[] levels2(PageScript page, int[] levels, int max) {
        return max == 0
                ? new byte[0]
                : page.levels.apply(
                        RunWriter.write(levels, 32 - Integer.numberOfLeadingZeros(max), page.levelRuns, random));
    }

    private static Written written(PageHeader header, byte[] body) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            Util.writePageHeader(header, out);
            return new Written(header, out.toByteArray(), body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
