package io.glulam.page.codec;

import io.glulam.error.CorruptFile;
import io.glulam.format.CompressionCodec;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * GZIP (RFC 1952): several members when reading, one when writing. Each member's checksum and length are checked. Bytes
 * after the last member that do not start another one are ignored, as other readers do.
 */
public final class GzipCodec extends CheckedCodec {
    private static final int FLAG_HEADER_CRC = 2;
    private static final int FLAG_EXTRA = 4;
    private static final int FLAG_NAME = 8;
    private static final int FLAG_COMMENT = 16;
    private static final int RESERVED_FLAGS = 0xe0;
    private static final int HEADER = 10;
    private static final int TRAILER = 8;
    private static final byte DEFLATE = 8;
    private static final byte UNKNOWN_SYSTEM = (byte) 0xff;

    private final CRC32 checksum = new CRC32();
    private final int level;
    private @Nullable Inflater inflater;
    private @Nullable Deflater deflater;

    /** @param level 1 to 9; 0 for the default */
    public GzipCodec(int level) {
        super(CompressionCodec.GZIP);
        this.level = level == 0 ? Deflater.DEFAULT_COMPRESSION : level;
    }

    @Override
    protected int unpack(byte[] source, int from, int length, byte[] target, int targetFrom, int room) {
        int end = from + length;
        int position = from;
        int unpacked = 0;
        do {
            int deflated = skipHeader(source, position, end);
            Inflater member = inflater();
            member.setInput(source, deflated, end - deflated);
            int memberLength = inflate(member, target, targetFrom + unpacked, room - unpacked);
            position = end - member.getRemaining();
            checkTrailer(source, position, end, target, targetFrom + unpacked, memberLength);
            position += TRAILER;
            unpacked += memberLength;
        } while (isMember(source, position, end));
        return unpacked;
    }

    @Override
    protected int unpackStart(byte[] source, int from, int length, byte[] target, int targetFrom, int wanted) {
        Inflater member = inflater();
        try {
            int deflated = skipHeader(source, from, from + length);
            member.setInput(source, deflated, from + length - deflated);
        } catch (CorruptFile cutOff) {
            // Perhaps only because not all of it is at hand.
            return 0;
        }
        int unpacked = 0;
        try {
            int count = -1;
            while (unpacked < wanted && count != 0) {
                count = member.inflate(target, targetFrom + unpacked, wanted - unpacked);
                unpacked += count;
            }
            return unpacked;
        } catch (DataFormatException cause) {
            throw corrupt("is not deflated data: " + cause.getMessage(), cause);
        }
    }

    private Inflater inflater() {
        if (inflater == null) {
            inflater = new Inflater(true);
        } else {
            inflater.reset();
        }
        return inflater;
    }

    private int inflate(Inflater member, byte[] target, int from, int room) {
        byte[] overflow = {};
        int unpacked = 0;
        try {
            while (!member.finished()) {
                boolean full = unpacked == room;
                if (full && overflow.length == 0) {
                    overflow = new byte[1];
                }
                int count = full
                        ? member.inflate(overflow, 0, 1)
                        : member.inflate(target, from + unpacked, room - unpacked);
                if (full && count > 0) {
                    throw corrupt("unpacks to more bytes than expected", null);
                }
                if (count == 0 && (member.needsInput() || member.needsDictionary())) {
                    throw corrupt("is cut off", null);
                }
                unpacked += count;
            }
            return unpacked;
        } catch (DataFormatException cause) {
            throw corrupt("is not deflated data: " + cause.getMessage(), cause);
        }
    }

    private static boolean isMember(byte[] source, int position, int end) {
        return end - position >= 2 && source[position] == 0x1f && source[position + 1] == (byte) 0x8b;
    }

    private int skipHeader(byte[] source, int start, int end) {
        if (end - start < HEADER + TRAILER || !isMember(source, start, end) || source[start + 2] != DEFLATE) {
            throw corrupt("does not start with a GZIP header", null);
        }
        int flags = source[start + 3] & 0xff;
        if ((flags & RESERVED_FLAGS) != 0) {
            throw corrupt("has a GZIP header with reserved flags", null);
        }
        int position = start + HEADER;
        if ((flags & FLAG_EXTRA) != 0) {
            position = checked(position + 2, end);
            int extra = (source[position - 2] & 0xff) | (source[position - 1] & 0xff) << 8;
            position = checked(position + extra, end);
        }
        if ((flags & FLAG_NAME) != 0) {
            position = skipText(source, position, end);
        }
        if ((flags & FLAG_COMMENT) != 0) {
            position = skipText(source, position, end);
        }
        return (flags & FLAG_HEADER_CRC) == 0 ? position : checked(position + 2, end);
    }

    private int skipText(byte[] source, int start, int end) {
        int position = start;
        while (position < end && source[position] != 0) {
            position++;
        }
        return checked(position + 1, end);
    }

    private int checked(int position, int end) {
        if (position > end) {
            throw corrupt("ends within a GZIP header", null);
        }
        return position;
    }

    private void checkTrailer(byte[] source, int position, int end, byte[] target, int from, int length) {
        if (end - position < TRAILER) {
            throw corrupt("ends before its checksum", null);
        }
        checksum.reset();
        checksum.update(target, from, length);
        if ((int) checksum.getValue() != readInt(source, position) || length != readInt(source, position + 4)) {
            throw corrupt("does not match its checksum and length", null);
        }
    }

    @Override
    public int maxCompressedLength(int length) {
        // Deflate stores what does not shrink, with five bytes for each block of at least 16 KiB less one.
        return Math.addExact(length, (length >>> 11) + HEADER + TRAILER + 32);
    }

    @Override
    protected int pack(byte[] source, int from, int length, byte[] target, int targetFrom) {
        Deflater member = deflater();
        member.setInput(source, from, length);
        member.finish();
        writeHeader(target, targetFrom);
        int position = targetFrom + HEADER;
        while (!member.finished()) {
            int count = member.deflate(target, position, target.length - position - TRAILER);
            if (count == 0 && !member.finished()) {
                throw new IllegalStateException("deflate outgrew its bound for " + length + " bytes");
            }
            position += count;
        }
        checksum.reset();
        checksum.update(source, from, length);
        writeInt(target, position, (int) checksum.getValue());
        writeInt(target, position + 4, length);
        return position + TRAILER - targetFrom;
    }

    private Deflater deflater() {
        if (deflater == null) {
            deflater = new Deflater(level, true);
        } else {
            deflater.reset();
        }
        return deflater;
    }

    private static void writeHeader(byte[] target, int from) {
        target[from] = 0x1f;
        target[from + 1] = (byte) 0x8b;
        target[from + 2] = DEFLATE;
        for (int i = 3; i < HEADER - 1; i++) {
            target[from + i] = 0;
        }
        target[from + HEADER - 1] = UNKNOWN_SYSTEM;
    }

    private static int readInt(byte[] bytes, int at) {
        return (bytes[at] & 0xff)
                | (bytes[at + 1] & 0xff) << 8
                | (bytes[at + 2] & 0xff) << 16
                | (bytes[at + 3] & 0xff) << 24;
    }

    private static void writeInt(byte[] bytes, int at, int value) {
        bytes[at] = (byte) value;
        bytes[at + 1] = (byte) (value >>> 8);
        bytes[at + 2] = (byte) (value >>> 16);
        bytes[at + 3] = (byte) (value >>> 24);
    }

    @Override
    public void close() {
        if (inflater != null) {
            inflater.end();
            inflater = null;
        }
        if (deflater != null) {
            deflater.end();
            deflater = null;
        }
    }
}
