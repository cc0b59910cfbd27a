package io.glulam.page.codec;

import java.io.IOException;

/**
 * Hadoop's block framing, which codecs LZ4 and LZO have around their blocks: for each block its uncompressed length,
 * then chunks, each after its compressed length, until the block is full. Lengths are big-endian, 32 bits.
 */
public final class HadoopBlocks {
    /** Unpacks one chunk into at most {@code room} bytes; gives the number of bytes unpacked. */
    public interface Unpacker {
        int unpack(byte[] source, int from, int length, byte[] target, int targetFrom, int room) throws IOException;
    }

    private HadoopBlocks() {}

    public static int unpack(
            byte[] source, int from, int length, byte[] target, int targetFrom, int room, Unpacker unpacker)
            throws IOException {
        int end = from + length;
        int position = from;
        int unpacked = 0;
        while (position < end) {
            int block = readLength(source, position, end, room - unpacked);
            position += Integer.BYTES;
            int blockEnd = unpacked + block;
            while (unpacked < blockEnd) {
                int chunk = readLength(source, position, end, end - position - Integer.BYTES);
                position += Integer.BYTES;
                int count =
                        unpacker.unpack(source, position, chunk, target, targetFrom + unpacked, blockEnd - unpacked);
                if (count <= 0) {
                    throw new IOException("a chunk of " + chunk + " bytes unpacks to nothing");
                }
                unpacked += count;
                position += chunk;
            }
        }
        return unpacked;
    }

    private static int readLength(byte[] source, int position, int end, int limit) throws IOException {
        if (end - position < Integer.BYTES) {
            throw new IOException("the framing is cut off");
        }
        int length = readInt(source, position);
        if (length < 0 || length > limit) {
            throw new IOException(
                    "a length of " + Integer.toUnsignedString(length) + " where " + limit + " bytes are left");
        }
        return length;
    }

    public static int readInt(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 24
                | (bytes[at + 1] & 0xff) << 16
                | (bytes[at + 2] & 0xff) << 8
                | (bytes[at + 3] & 0xff);
    }

    public static void writeInt(byte[] bytes, int at, int value) {
        bytes[at] = (byte) (value >>> 24);
        bytes[at + 1] = (byte) (value >>> 16);
        bytes[at + 2] = (byte) (value >>> 8);
        bytes[at + 3] = (byte) value;
    }
}
