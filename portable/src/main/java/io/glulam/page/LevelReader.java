package io.glulam.page;

import io.glulam.error.CorruptFile;
import io.glulam.error.GlulamException;
import io.glulam.error.Place;
import io.glulam.error.Remedy;
import io.glulam.error.Unsupported;
import io.glulam.format.CompressionCodec;
import io.glulam.format.Encoding;
import io.glulam.format.Leaf;
import io.glulam.format.LittleEndian;
import io.glulam.format.PageType;
import io.glulam.format.ThriftReader;
import io.glulam.page.codec.PageCodec;
import org.jspecify.annotations.Nullable;

/**
 * Reads the repetition levels of a repeated column's data pages. They lie at the beginning of a page, so that no more of
 * it is read and decompressed than they need, where the codec allows that. Memory does not depend on the size of a page,
 * but on that of its levels. Not thread-safe; closing releases the codec.
 */
public final class LevelReader implements AutoCloseable {
    /** Bytes that are read of a page at first: enough for most levels, and quickly copied. */
    private static final int FIRST_READ = 8 << 10;

    /** Bytes that are read at once where pages are small. */
    private static final int READ_AHEAD = 32 << 10;

    private static final int PREFIX = 4;

    private final ByteSource source;
    private final @Nullable PageCodec codec;
    private final int width;
    private final int maxBytes;
    private byte[] window = {};
    private long windowStart;
    private int windowLength;
    private long end;
    private byte[] unpacked = {};
    private long unpackedBytes;

    /**
     * @param codec of the chunk, closed with this; without one, only pages of version 2 can be read
     * @param maxBytes most bytes of levels, or of a page that can be decompressed as a whole only, that memory allows
     */
    public LevelReader(ByteSource source, Leaf leaf, @Nullable PageCodec codec, int maxBytes) {
        this.source = source;
        this.codec = codec;
        this.width = BitWidth.of(leaf.maxRepetitionLevel());
        this.maxBytes = maxBytes;
    }

    /**
     * About how many bytes of memory it takes to read the levels of a page.
     *
     * @param codec Thrift value of the chunk's
     * @param storedLength of the page, in bytes
     * @param length the same uncompressed
     */
    public static long memory(Leaf leaf, int codec, int valueCount, long storedLength, long length) {
        CompressionCodec known = CompressionCodec.of(codec);
        boolean whole = known != null && !known.unpacksFromStart();
        long levels = (long) valueCount * BitWidth.of(leaf.maxRepetitionLevel()) / Byte.SIZE;
        return READ_AHEAD + PageCodec.START_SLACK + (whole ? storedLength + length : 2 * levels);
    }

    /** Pages that are read next lie before {@code offset}: bytes up to there may be read ahead. */
    public void readAheadTo(long offset) {
        end = offset;
        windowLength = 0;
    }

    /** Bytes that were decompressed so far. */
    public long unpackedBytes() {
        return unpackedBytes;
    }

    /**
     * The levels of a page; valid until the next call.
     *
     * @param position of the page's header
     * @throws CorruptFile if the page does not hold them
     * @throws Unsupported if they take more memory than is allowed
     */
    public RepetitionLevels read(long position, int headerLength) {
        load(position, headerLength);
        int at = (int) (position - windowStart);
        PageHeader header = PageHeader.read(new ThriftReader(window, at, at + headerLength, position));
        return read(position, headerLength, header);
    }

    /** As {@link #read(long, int)}, with the header at hand. */
    public RepetitionLevels read(long position, int headerLength, PageHeader header) {
        try {
            return header.type() == PageType.DATA_PAGE_V2
                    ? version2(position + headerLength, header)
                    : version1(position + headerLength, header);
        } catch (GlulamException failure) {
            throw failure.within(Place.at(position));
        }
    }

    private RepetitionLevels version2(long position, PageHeader header) {
        int length = checked(header.levels().repetitionBytes());
        if (length > header.compressedSize()) {
            throw new CorruptFile(Place.UNKNOWN, "levels are longer than their page");
        }
        load(position, length);
        return levels(window, (int) (position - windowStart), length, Encoding.RLE, header);
    }

    private RepetitionLevels version1(long position, PageHeader header) {
        PageCodec known = codec;
        if (known == null) {
            throw new Unsupported(Place.UNKNOWN, "levels that are compressed in an unknown codec");
        }
        Encoding encoding = Encoding.of(header.levels().repetitionEncoding());
        if (encoding != Encoding.RLE && encoding != Encoding.BIT_PACKED) {
            throw new CorruptFile(
                    Place.UNKNOWN,
                    "levels in encoding " + Encoding.nameOf(header.levels().repetitionEncoding()));
        }
        int stored = header.compressedSize();
        int prefix = encoding == Encoding.RLE ? PREFIX : 0;
        for (int atHand = firstRead(header); ; atHand = (int) Math.min(stored, 2L * atHand)) {
            load(position, checked(atHand));
            int length = unpack(known, (int) (position - windowStart), atHand, encoding, header);
            if (length >= 0) {
                return levels(unpacked, prefix, length, encoding, header);
            }
            if (atHand == stored) {
                break;
            }
        }
        unpackWhole(known, (int) (position - windowStart), header);
        return levels(unpacked, prefix, length(encoding, header.uncompressedSize(), header), encoding, header);
    }

    /** As many bytes as bit-packed levels take, or more; of little pages, all. */
    private int firstRead(PageHeader header) {
        long packed = ((long) header.valueCount() * width >>> 3) + PREFIX;
        return (int) Math.min(header.compressedSize(), Math.max(FIRST_READ, packed + packed / 8));
    }

    /** Unpacks the levels from what is at hand of a body; gives their bytes, or −1 if that does not suffice. */
    private int unpack(PageCodec known, int from, int atHand, Encoding encoding, PageHeader header) {
        int needed = encoding == Encoding.RLE ? PREFIX : 0;
        int available = needed == 0 ? 0 : unpackStart(known, from, atHand, needed);
        if (available < needed) {
            return -1;
        }
        int length = length(encoding, header.uncompressedSize(), header);
        if (available < needed + length) {
            available = unpackStart(known, from, atHand, needed + length);
        }
        return available < needed + length ? -1 : length;
    }

    private int unpackStart(PageCodec known, int from, int atHand, int wanted) {
        int room = wanted + PageCodec.START_SLACK;
        if (unpacked.length < room) {
            unpacked = new byte[room];
        }
        int count = known.decompressStart(window, from, atHand, unpacked, 0, wanted);
        unpackedBytes += count;
        return count;
    }

    private void unpackWhole(PageCodec known, int from, PageHeader header) {
        int length = checked(header.uncompressedSize());
        if (unpacked.length < length) {
            unpacked = new byte[length];
        }
        known.decompress(window, from, header.compressedSize(), unpacked, 0, length);
        unpackedBytes += length;
    }

    /** Bytes of the levels, by what the unpacked body begins with. */
    private int length(Encoding encoding, int bodyLength, PageHeader header) {
        int prefix = encoding == Encoding.RLE ? PREFIX : 0;
        if (bodyLength < prefix) {
            throw new CorruptFile(Place.UNKNOWN, "a page too short for its levels");
        }
        long length = encoding == Encoding.RLE
                ? LittleEndian.getInt(unpacked, 0)
                : ((long) header.valueCount() * width + 7) >>> 3;
        if (length < 0 || length > bodyLength - prefix) {
            throw new CorruptFile(
                    Place.UNKNOWN, "levels of " + length + " bytes in " + (bodyLength - prefix) + " bytes");
        }
        return checked((int) length);
    }

    private RepetitionLevels levels(byte[] bytes, int from, int length, Encoding encoding, PageHeader header) {
        return new RepetitionLevels(bytes, from, length, encoding, width, header.valueCount());
    }

    private int checked(int size) {
        if (size > maxBytes) {
            throw new Unsupported(
                    Place.UNKNOWN,
                    "a page of which " + size
                            + " bytes are needed to count its rows, more than fits the memory ceiling",
                    Remedy.BUFFERS.text((long) size * PageBodyReader.PAGE_SHARE));
        }
        return size;
    }

    /** Has {@code length} bytes from {@code position} on in the window. */
    private void load(long position, int length) {
        if (position >= windowStart && position + length <= windowStart + windowLength) {
            return;
        }
        int ahead = (int) Math.min(READ_AHEAD, end - position);
        int size = Math.max(length, ahead);
        if (window.length < size) {
            window = new byte[size];
        }
        windowLength = 0;
        source.read(position, window, 0, size);
        windowStart = position;
        windowLength = size;
    }

    @Override
    public void close() {
        if (codec != null) {
            codec.close();
        }
    }
}
