package io.glulam.splice;

import io.glulam.format.CompressionCodec;
import io.glulam.format.Encoding;
import io.glulam.format.Leaf;
import io.glulam.format.PageType;
import io.glulam.format.ThriftWriter;
import io.glulam.page.ByteArrayBuilder;
import io.glulam.page.PageHeader;
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
            int valueCount,
            int rowCount,
            int nullCount,
            ByteArrayBuilder repetition,
            ByteArrayBuilder definition,
            ByteArrayBuilder values) {
        PageHeader page = form.version() == 2
                ? version2(encoding, valueCount, rowCount, nullCount, repetition, definition, values)
                : version1(encoding, valueCount, repetition, definition, values);
        return finish(page, rowCount, nullCount);
    }

    /** A dictionary page of {@code length} PLAIN bytes. */
    public EncodedPage dictionaryPage(byte[] plain, int length, int entries, int encoding) {
        stored.clear();
        compress(plain, length);
        return finish(PageHeader.dictionaryPage(length, stored.size(), entries, encoding), 0, 0);
    }

    private PageHeader version1(
            int encoding,
            int valueCount,
            ByteArrayBuilder repetition,
            ByteArrayBuilder definition,
            ByteArrayBuilder values) {
        body.clear();
        if (leaf.maxRepetitionLevel() > 0) {
            body.appendInt(repetition.size());
            body.append(repetition.array(), 0, repetition.size());
        }
        if (leaf.maxDefinitionLevel() > 0) {
            body.appendInt(definition.size());
            body.append(definition.array(), 0, definition.size());
        }
        body.append(values.array(), 0, values.size());
        stored.clear();
        compress(body.array(), body.size());
        return PageHeader.dataPage(body.size(), stored.size(), valueCount, encoding);
    }

    private PageHeader version2(
            int encoding,
            int valueCount,
            int rowCount,
            int nullCount,
            ByteArrayBuilder repetition,
            ByteArrayBuilder definition,
            ByteArrayBuilder values) {
        stored.clear();
        stored.append(repetition.array(), 0, repetition.size());
        stored.append(definition.array(), 0, definition.size());
        int levels = stored.size();
        // Readers disagree about compressed emptiness: a page without value bytes is never compressed.
        boolean compressed = form.codec() != CompressionCodec.UNCOMPRESSED && values.size() > 0;
        if (compressed) {
            compress(values.array(), values.size());
            if (stored.size() - levels >= values.size() && !form.alwaysCompressed()) {
                compressed = false;
                stored.truncate(levels);
            }
        }
        if (!compressed) {
            stored.append(values.array(), 0, values.size());
        }
        int rle = Encoding.RLE.value();
        return new PageHeader(
                PageType.DATA_PAGE_V2,
                levels + values.size(),
                stored.size(),
                null,
                valueCount,
                encoding,
                rle,
                rle,
                rowCount,
                nullCount,
                definition.size(),
                repetition.size(),
                compressed,
                null);
    }

    private void compress(byte[] source, int length) {
        byte[] target = stored.reserve(codec.maxCompressedLength(length));
        stored.advance(codec.compress(source, 0, length, target, stored.size()));
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
