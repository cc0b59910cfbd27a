package io.glulam.page;

import io.glulam.error.CorruptFile;
import io.glulam.error.Place;
import io.glulam.error.Remedy;
import io.glulam.error.Unsupported;
import io.glulam.format.PageType;
import io.glulam.format.ThriftReader;
import io.glulam.page.codec.PageCodec;
import java.util.zip.CRC32;

/**
 * Reads page bodies and decompresses them, checking CRCs where present. The arrays are reused: a body is valid until the
 * next call. Not thread-safe.
 */
public final class PageBodyReader {
    /** Of the buffers' memory, a page takes at most one part in so many. */
    public static final int PAGE_SHARE = 4;

    private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

    private final ByteSource source;
    private final PageCodec codec;
    private final int maxPageBytes;
    private final boolean alwaysCompressed;
    private final BodyArrays arrays;

    /**
     * @param maxPageBytes largest body, stored or decompressed, that memory allows
     * @param alwaysCompressed whether to ignore version 2's {@code is_compressed}, which parquet-cpp before 2.0 wrote
     *     wrongly (ARROW-10353)
     */
    public PageBodyReader(ByteSource source, PageCodec codec, int maxPageBytes, boolean alwaysCompressed) {
        this(source, codec, maxPageBytes, alwaysCompressed, new BodyArrays());
    }

    /** As above, with arrays that nothing else uses while this reader is in use. */
    public PageBodyReader(
            ByteSource source, PageCodec codec, int maxPageBytes, boolean alwaysCompressed, BodyArrays arrays) {
        this.source = source;
        this.codec = codec;
        this.maxPageBytes = maxPageBytes;
        this.alwaysCompressed = alwaysCompressed;
        this.arrays = arrays;
    }

    /**
     * The decompressed body of the page whose header lies at {@code position}: {@code header.uncompressedSize()} bytes
     * from index 0.
     *
     * @throws CorruptFile if CRC or size do not match
     * @throws Unsupported if the page is larger than memory allows
     */
    public byte[] read(long position, int headerLength, PageHeader header) {
        int storedLength = checked(header.compressedSize(), position);
        checked(header.uncompressedSize(), position);
        byte[] stored = arrays.stored(storedLength);
        source.read(position + headerLength, stored, 0, storedLength);
        return unpacked(position, header, stored, 0);
    }

    /**
     * The page whose header lies at {@code position}, its header read again together with its body: one read where both are
     * wanted.
     *
     * @param bodyLength bytes of the body as stored, as the header said before
     * @throws CorruptFile if CRC or size do not match, or the header has changed
     * @throws Unsupported if the page is larger than memory allows
     */
    public PageStream.Page readPage(long position, int headerLength, int bodyLength) {
        checked(bodyLength, position);
        long both = (long) headerLength + bodyLength;
        if (both > MAX_ARRAY) {
            throw tooLarge(both, position);
        }
        int length = (int) both;
        byte[] stored = arrays.stored(length);
        source.read(position, stored, 0, length);
        PageHeader header = PageHeader.read(new ThriftReader(stored, 0, headerLength, position));
        if (header.compressedSize() != bodyLength) {
            throw new CorruptFile(Place.at(position), "a page header that changed between two reads");
        }
        checked(header.uncompressedSize(), position);
        byte[] body = unpacked(position, header, stored, headerLength);
        return new PageStream.Page(header, body, 0, header.uncompressedSize(), position);
    }

    /** @param from index in {@code stored} of the body's first byte */
    private byte[] unpacked(long position, PageHeader header, byte[] stored, int from) {
        checkCrc(position, header, stored, from);
        byte[] body = arrays.body(header.uncompressedSize());
        try {
            decompress(header, stored, from, body);
        } catch (CorruptFile failure) {
            throw failure.within(Place.at(position));
        }
        return body;
    }

    private void decompress(PageHeader header, byte[] stored, int from, byte[] body) {
        int levels = header.levels().bytes();
        System.arraycopy(stored, from, body, 0, levels);
        int valuesStored = header.compressedSize() - levels;
        int values = header.uncompressedSize() - levels;
        boolean compressed = header.compressed() || alwaysCompressed;
        if (header.type() == PageType.DATA_PAGE_V2 && (valuesStored == 0 || !compressed)) {
            if (valuesStored != values) {
                throw new CorruptFile(
                        Place.UNKNOWN, "a page of " + values + " uncompressed bytes stored in " + valuesStored);
            }
            System.arraycopy(stored, from + levels, body, levels, values);
            return;
        }
        codec.decompress(stored, from + levels, valuesStored, body, levels, values);
    }

    private static void checkCrc(long position, PageHeader header, byte[] stored, int from) {
        Integer expected = header.crc();
        if (expected == null) {
            return;
        }
        CRC32 crc = new CRC32();
        crc.update(stored, from, header.compressedSize());
        if ((int) crc.getValue() != expected) {
            throw new CorruptFile(Place.at(position), "a page whose checksum (CRC-32) does not match its bytes");
        }
    }

    private int checked(int size, long position) {
        if (size > maxPageBytes) {
            throw tooLarge(size, position);
        }
        return size;
    }

    private static Unsupported tooLarge(long size, long position) {
        return new Unsupported(
                Place.at(position),
                "a page of " + size + " bytes, more than fits the memory ceiling",
                size > MAX_ARRAY ? null : Remedy.BUFFERS.text(size * PAGE_SHARE));
    }
}
