package io.glulam.testkit.read;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.decoder.BrotliInputStream;
import com.github.luben.zstd.Zstd;
import io.airlift.compress.lzo.LzoDecompressor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4FrameInputStream;
import org.apache.parquet.format.CompressionCodec;
import org.xerial.snappy.Snappy;

/** Decompresses one page body to exactly the size its header states. */
final class Decompressor {
    /** In bytes. More than any test needs; keeps a claim of 2 GiB from taking all memory. */
    private static final int MAX_PAGE = 256 << 20;

    private Decompressor() {}

    /** Decompresses one block of Hadoop's framing into {@code out}; returns the bytes written. */
    private interface Block {
        int decompress(byte[] in, int from, int length, byte[] out, int to);
    }

    static byte[] decompress(CompressionCodec codec, byte[] in, int size) {
        if (size < 0 || size > MAX_PAGE) {
            throw new MalformedFile("uncompressed size " + size + ", this reader takes " + MAX_PAGE);
        }
        try {
            byte[] out = switch (codec) {
                case UNCOMPRESSED -> in;
                case SNAPPY -> snappy(in, size);
                case GZIP -> drain(new GZIPInputStream(new ByteArrayInputStream(in)), size);
                case ZSTD -> zstd(in, size);
                case BROTLI -> brotli(in, size);
                case LZO -> framed(in, size, Decompressor::lzoBlock);
                case LZ4_RAW -> lz4(in, size);
                case LZ4 -> anyLz4(in, size);
            };
            if (out.length != size) {
                throw new MalformedFile("page unpacks to " + out.length + " bytes instead of " + size);
            }
            return out;
        } catch (IOException e) {
            throw new MalformedFile("cannot decompress " + codec + ": " + e.getMessage(), e);
        }
    }

    private static byte[] snappy(byte[] in, int size) throws IOException {
        if (Snappy.uncompressedLength(in) != size) {
            throw new MalformedFile("SNAPPY says " + Snappy.uncompressedLength(in) + " bytes instead of " + size);
        }
        return Snappy.uncompress(in);
    }

    private static byte[] zstd(byte[] in, int size) {
        byte[] out = new byte[size];
        long written = Zstd.decompressByteArray(out, 0, size, in, 0, in.length);
        if (Zstd.isError(written)) {
            throw new MalformedFile("ZSTD: " + Zstd.getErrorName(written));
        }
        return Arrays.copyOf(out, (int) written);
    }

    private static byte[] brotli(byte[] in, int size) throws IOException {
        Brotli4jLoader.ensureAvailability();
        return drain(new BrotliInputStream(new ByteArrayInputStream(in)), size);
    }

    private static byte[] lz4(byte[] in, int size) {
        byte[] out = new byte[size];
        return Arrays.copyOf(out, lz4Block(in, 0, in.length, out, 0));
    }

    private static int lz4Block(byte[] in, int from, int length, byte[] out, int to) {
        try {
            return LZ4Factory.safeInstance().safeDecompressor().decompress(in, from, length, out, to, out.length - to);
        } catch (RuntimeException e) {
            throw new MalformedFile("LZ4: " + e.getMessage(), e);
        }
    }

    private static int lzoBlock(byte[] in, int from, int length, byte[] out, int to) {
        try {
            return new LzoDecompressor().decompress(in, from, length, out, to, out.length - to);
        } catch (RuntimeException e) {
            throw new MalformedFile("LZO: " + e.getMessage(), e);
        }
    }

    /** Codec LZ4 means Hadoop's framing, but some writers put a raw block or the LZ4 frame format there. */
    private static byte[] anyLz4(byte[] in, int size) throws IOException {
        try {
            return framed(in, size, Decompressor::lz4Block);
        } catch (MalformedFile notFramed) {
            if (in.length >= 4 && new ByteCursor(in).nextInt() == 0x184D2204) {
                return drain(new LZ4FrameInputStream(new ByteArrayInputStream(in)), size);
            }
            return lz4(in, size);
        }
    }

    /** Hadoop's framing: big-endian uncompressed length, then blocks of big-endian compressed length and bytes. */
    private static byte[] framed(byte[] in, int size, Block block) {
        byte[] out = new byte[size];
        ByteCursor cursor = new ByteCursor(in);
        int done = 0;
        while (cursor.remaining() > 0) {
            long frameEnd = done + (Integer.reverseBytes(cursor.nextInt()) & 0xffffffffL);
            if (frameEnd > size) {
                throw new MalformedFile("frame of " + (frameEnd - done) + " bytes in a page of " + size);
            }
            while (done < frameEnd) {
                ByteCursor part = cursor.take(Integer.reverseBytes(cursor.nextInt()));
                int written = block.decompress(in, part.position(), part.remaining(), out, done);
                if (written <= 0) {
                    throw new MalformedFile("empty block inside a frame");
                }
                done += written;
            }
        }
        return Arrays.copyOf(out, done);
    }

    private static byte[] drain(InputStream in, int size) throws IOException {
        try (in) {
            byte[] out = in.readNBytes(size);
            if (in.read() >= 0) {
                throw new MalformedFile("page unpacks to more than its " + size + " bytes");
            }
            return out;
        }
    }
}
