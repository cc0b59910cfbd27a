package io.glulam.testkit.read;

import java.util.Arrays;
import java.util.Iterator;
import java.util.zip.CRC32;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.Encoding;

/** Decodes the data pages of one column chunk, one after the other. Every failure is a {@link MalformedFile}. */
public final class ColumnReader implements Iterator<DecodedPage> {
    /** More values than any honest page has; keeps a hostile count from taking all memory. */
    private static final int MAX_VALUES_IN_A_PAGE = 1 << 27;

    private final ParquetFile file;
    private final LeafColumn leaf;
    private final CompressionCodec codec;
    private final Iterator<PageInfo> pages;
    private final ValueDecoder decoder;
    private PageInfo next;

    ColumnReader(ParquetFile file, LeafColumn leaf, ColumnMetaData chunk, ChunkPages pages) {
        this.file = file;
        this.leaf = leaf;
        this.codec = chunk.getCodec();
        this.pages = pages.pages().iterator();
        this.decoder = new ValueDecoder(chunk.getType(), leaf.element().getType_length());
    }

    @Override
    public boolean hasNext() {
        while (next == null && pages.hasNext()) {
            PageInfo page = pages.next();
            if (page.isDictionary()) {
                decoding(page, () -> {
                    byte[] body = Decompressor.decompress(codec, storedBody(page), page.uncompressedSize());
                    decoder.setDictionary(new ByteCursor(body), page.numValues());
                    return null;
                });
            } else if (page.isData()) {
                next = page;
            }
        }
        return next != null;
    }

    @Override
    public DecodedPage next() {
        if (!hasNext()) {
            throw new java.util.NoSuchElementException();
        }
        PageInfo page = next;
        next = null;
        return decoding(page, () -> page.header().isSetData_page_header_v2() ? decodeV2(page) : decodeV1(page));
    }

    private <T> T decoding(PageInfo page, java.util.function.Supplier<T> decode) {
        try {
            if (page.numValues() > MAX_VALUES_IN_A_PAGE) {
                throw new MalformedFile("page of " + page.numValues() + " values");
            }
            return decode.get();
        } catch (RuntimeException e) {
            throw new MalformedFile(
                    "column " + leaf.dottedPath() + ", page at " + page.offset() + ": " + e.getMessage(), e);
        }
    }

    private DecodedPage decodeV1(PageInfo page) {
        DataPageHeader header = page.header().getData_page_header();
        ByteCursor body = new ByteCursor(Decompressor.decompress(codec, storedBody(page), page.uncompressedSize()));
        int count = page.numValues();
        int[] repetition = levelsV1(body, header.getRepetition_level_encoding(), leaf.maxRepetitionLevel(), count);
        int[] definition = levelsV1(body, header.getDefinition_level_encoding(), leaf.maxDefinitionLevel(), count);
        return decoded(page, repetition, definition, header.getEncoding(), body);
    }

    private static int[] levelsV1(ByteCursor body, Encoding encoding, int max, int count) {
        if (max == 0 || count == 0) {
            return new int[count];
        }
        if (encoding == Encoding.BIT_PACKED) {
            return checked(Bits.mostSignificantFirst(body, Bits.widthOf(max), count), max);
        }
        if (encoding != Encoding.RLE) {
            throw new MalformedFile("levels encoded as " + encoding);
        }
        return checked(RunLengthDecoder.decode(body.take(body.nextInt()), Bits.widthOf(max), count), max);
    }

    private DecodedPage decodeV2(PageInfo page) {
        DataPageHeaderV2 header = page.header().getData_page_header_v2();
        ByteCursor body = new ByteCursor(storedBody(page));
        ByteCursor repetitionRuns = body.take(header.getRepetition_levels_byte_length());
        ByteCursor definitionRuns = body.take(header.getDefinition_levels_byte_length());
        int levelBytes = header.getRepetition_levels_byte_length() + header.getDefinition_levels_byte_length();
        int count = page.numValues();
        int[] repetition = levelsV2(repetitionRuns, leaf.maxRepetitionLevel(), count);
        int[] definition = levelsV2(definitionRuns, leaf.maxDefinitionLevel(), count);
        ByteCursor values = new ByteCursor(valuesV2(header, body.copyRest(), page.uncompressedSize() - levelBytes));
        return decoded(page, repetition, definition, header.getEncoding(), values);
    }

    private static int[] levelsV2(ByteCursor runs, int max, int count) {
        return max == 0 ? new int[count] : checked(RunLengthDecoder.decode(runs, Bits.widthOf(max), count), max);
    }

    private byte[] valuesV2(DataPageHeaderV2 header, byte[] stored, int size) {
        // No value bytes: nothing to decompress (parquet-java #3122).
        if (stored.length == 0 || size == 0) {
            return new byte[0];
        }
        // Absent means true. parquet-cpp before 2.0 says false for compressed pages (ARROW-10353).
        boolean compressed = !header.isSetIs_compressed() || header.isIs_compressed() || stored.length != size;
        return Decompressor.decompress(compressed ? codec : CompressionCodec.UNCOMPRESSED, stored, size);
    }

    private DecodedPage decoded(PageInfo page, int[] repetition, int[] definition, Encoding encoding, ByteCursor body) {
        int max = leaf.maxDefinitionLevel();
        int present =
                (int) Arrays.stream(definition).filter(level -> level == max).count();
        return new DecodedPage(page, repetition, definition, decoder.decode(encoding, body, present));
    }

    private static int[] checked(int[] levels, int max) {
        for (int level : levels) {
            if (level < 0 || level > max) {
                throw new MalformedFile("level " + level + " of at most " + max);
            }
        }
        return levels;
    }

    private byte[] storedBody(PageInfo page) {
        byte[] body = file.bytes(page.bodyOffset(), page.compressedSize());
        if (file.checksChecksums() && page.header().isSetCrc() && page.header().getCrc() != crc(body)) {
            throw new MalformedFile("page checksum is wrong");
        }
        return body;
    }

    private static int crc(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
