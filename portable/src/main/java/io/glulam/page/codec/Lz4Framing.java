package io.glulam.page.codec;

import java.util.Objects;

/**
 * The framing of a page body under the deprecated codec LZ4: the specification left it open, so both exist, and one chunk
 * must not mix them.
 */
public enum Lz4Framing {
    /** Blocks within Hadoop's framing: what parquet-java and Arrow since 0.17 write. */
    HADOOP,
    /** One bare LZ4 block: what older Arrow wrote. */
    RAW;

    /**
     * Tells the framing of a page body by walking its lengths and LZ4 sequences, without unpacking. A body that fits
     * neither is called RAW; unpacking it will fail. A body of no bytes fits both and is called HADOOP.
     *
     * @param uncompressedLength bytes that the body should unpack to, as the page header claims
     */
    public static Lz4Framing detect(byte[] body, int from, int length, int uncompressedLength) {
        Objects.checkFromIndexSize(from, length, body.length);
        return isFramed(body, from, from + length, uncompressedLength) ? HADOOP : RAW;
    }

    private static boolean isFramed(byte[] body, int from, int to, int uncompressedLength) {
        int position = from;
        long unpacked = 0;
        while (position < to) {
            if (to - position < Integer.BYTES) {
                return false;
            }
            int block = HadoopBlocks.readInt(body, position);
            position += Integer.BYTES;
            if (block < 0 || block > uncompressedLength - unpacked) {
                return false;
            }
            long blockEnd = unpacked + block;
            while (unpacked < blockEnd) {
                int chunk = to - position < Integer.BYTES ? 0 : HadoopBlocks.readInt(body, position);
                if (chunk <= 0 || chunk > to - position - Integer.BYTES) {
                    return false;
                }
                position += Integer.BYTES;
                long count = unpackedLength(body, position, position + chunk);
                if (count <= 0 || count > blockEnd - unpacked) {
                    return false;
                }
                unpacked += count;
                position += chunk;
            }
        }
        return unpacked == uncompressedLength;
    }

    /** Bytes that the sequences of an LZ4 block unpack to; -1 if they do not end where the block ends. */
    private static long unpackedLength(byte[] block, int from, int to) {
        long unpacked = 0;
        int position = from;
        while (position < to) {
            int token = block[position++] & 0xff;
            long literals = (token & 0xf0L) >>> 4;
            if (literals == 15) {
                int end = endOfExtension(block, position, to);
                literals += extension(block, position, end);
                position = end;
            }
            if (literals > to - position) {
                return -1;
            }
            position += (int) literals;
            unpacked += literals;
            if (position == to) {
                return unpacked;
            }
            position += Short.BYTES;
            long match = (token & 15) + 4L;
            if (match == 19) {
                int end = endOfExtension(block, position, to);
                match += extension(block, position, end);
                position = end;
            }
            unpacked += match;
        }
        return -1;
    }

    private static int endOfExtension(byte[] block, int from, int to) {
        int position = from;
        while (position < to && block[position] == (byte) 0xff) {
            position++;
        }
        return position < to ? position + 1 : to;
    }

    private static long extension(byte[] block, int from, int end) {
        return from >= end ? 0 : 255L * (end - from - 1) + (block[end - 1] & 0xff);
    }
}
