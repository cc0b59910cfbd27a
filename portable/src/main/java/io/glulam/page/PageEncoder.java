package io.glulam.page;

import io.glulam.format.CompressionCodec;
import io.glulam.format.Leaf;
import io.glulam.format.ThriftWriter;
import io.glulam.page.codec.PageCodec;
import java.util.zip.CRC32;

/**
 * Puts levels and encoded values together into a page: body, compression, checksum, header. Its arrays are reused from
 * page to page. Not thread-safe.
 */
public final class PageEncoder {
    private final Leaf leaf;
    private final PageCodec codec;
    private final PageForm form;
    private final ByteArrayBuilder body = new ByteArrayBuilder(1 << 12);
    private final ByteArrayBuilder stored = new ByteArrayBuilder(1 << 12);
    private final ThriftWriter header = new ThriftWriter(64);

    public PageEncoder(Leaf leaf, PageCodec codec, PageForm form) {
        this.leaf = leaf;
        this.codec = codec;
        this.form = form;
    }

    /** A data page; levels are RLE without length prefix, empty where the column has none. */
    public EncodedPage dataPage(
            int encoding,
            PageCounts counts,
            ByteArrayBuilder repetition,
            ByteArrayBuilder definition,
            ByteArrayBuilder values) {
        body.clear();
        body.reserve(2 * Integer.BYTES + repetition.size() + definition.size() + values.size());
        int repetitionBytes = appendLevels(leaf.maxRepetitionLevel(), repetition);
        int definitionBytes = appendLevels(leaf.maxDefinitionLevel(), definition);
        body.append(values.array(), 0, values.size());
        return dataPage(encoding, counts, new PageBody(body.array(), body.size(), repetitionBytes, definitionBytes));
    }

    private int appendLevels(int maxLevel, ByteArrayBuilder levels) {
        if (maxLevel == 0) {
            return 0;
        }
        int start = body.size();
        if (form.version() == 1) {
            body.appendInt(levels.size());
        }
        body.append(levels.array(), 0, levels.size());
        return body.size() - start;
    }

    /** A data page whose body is put together already, in the form of its version. */
    public EncodedPage dataPage(int encoding, PageCounts counts, PageBody plain) {
        stored.clear();
        if (form.version() == 2) {
            boolean compressed = storeVersion2(plain.bytes(), plain.length(), plain.levelBytes());
            return finish(
                    PageHeader.dataPageV2(plain, stored.size(), counts, encoding, compressed),
                    counts.rows(),
                    counts.nulls());
        }
        compress(plain.bytes(), 0, plain.length());
        return finish(
                PageHeader.dataPage(plain.length(), stored.size(), counts.values(), encoding),
                counts.rows(),
                counts.nulls());
    }

    /** Levels as they are, then the values; whether those are compressed. */
    private boolean storeVersion2(byte[] plain, int length, int levels) {
        stored.append(plain, 0, levels);
        int values = length - levels;
        // Readers disagree about compressed emptiness: a page without value bytes is never compressed.
        if (form.codec() != CompressionCodec.UNCOMPRESSED && values > 0) {
            compress(plain, levels, values);
            if (stored.size() - levels < values || form.alwaysCompressed()) {
                return true;
            }
            stored.truncate(levels);
        }
        stored.append(plain, levels, values);
        return false;
    }

    /** A dictionary page of the first {@code length} PLAIN bytes. */
    public EncodedPage dictionaryPage(byte[] plain, int length, int entries, int encoding) {
        return dictionaryPage(plain, 0, length, entries, encoding);
    }

    /** A dictionary page of {@code length} PLAIN bytes that begin at {@code from}. */
    public EncodedPage dictionaryPage(byte[] plain, int from, int length, int entries, int encoding) {
        stored.clear();
        compress(plain, from, length);
        return finish(PageHeader.dictionaryPage(length, stored.size(), entries, encoding), 0, 0);
    }

    private void compress(byte[] source, int from, int length) {
        byte[] target = stored.reserve(codec.maxCompressedLength(length));
        stored.advance(codec.compress(source, from, length, target, stored.size()));
    }

    private EncodedPage finish(PageHeader page, int rowCount, int nullCount) {
        PageHeader checked = page;
        if (form.checksums()) {
            CRC32 crc = new CRC32();
            crc.update(stored.array(), 0, stored.size());
            checked = page.withCrc((int) crc.getValue());
        }
        header.clear();
        checked.write(header);
        byte[] bytes = new byte[header.size() + stored.size()];
        System.arraycopy(header.array(), 0, bytes, 0, header.size());
        System.arraycopy(stored.array(), 0, bytes, header.size(), stored.size());
        return new EncodedPage(checked, bytes, header.size(), rowCount, nullCount);
    }
}
