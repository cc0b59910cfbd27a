package io.glulam.testkit.bytes;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.encoder.Encoder;
import com.github.luben.zstd.Zstd;
import io.airlift.compress.lzo.LzoCompressor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import net.jpountz.lz4.LZ4Factory;
import org.apache.parquet.format.CompressionCodec;
import org.xerial.snappy.Snappy;

/**
 * How page bodies are compressed.
 *
 * @param pieces members of a GZIP body, blocks of Hadoop's framing or frames of ZSTD: 1 is the usual
 * @param rawLz4 whether codec LZ4 holds a bare block, as some writers have it, instead of Hadoop's framing
 */
public record Compression(CompressionCodec codec, int pieces, boolean rawLz4) {
    public static final Compression NONE = of(CompressionCodec.UNCOMPRESSED);

    public static Compression of(CompressionCodec codec) {
        return new Compression(codec, 1, false);
    }

    public static Compression inPieces(CompressionCodec codec, int pieces) {
        return new Compression(codec, pieces, false);
    }

    byte[] compress(byte[] body) {
        try {
            return switch (codec) {
                case UNCOMPRESSED -> body;
                case SNAPPY -> Snappy.compress(body);
                case LZ4_RAW -> lz4(body);
                case LZ4 -> rawLz4 ? lz4(body) : pieces(body);
                case LZO, GZIP, ZSTD -> pieces(body);
                case BROTLI -> brotli(body);
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] pieces(byte[] body) throws IOException {
        ByteSink out = new ByteSink();
        for (int i = 0; i < pieces; i++) {
            int from = (int) ((long) body.length * i / pieces);
            int to = (int) ((long) body.length * (i + 1) / pieces);
            byte[] piece = Arrays.copyOfRange(body, from, to);
            switch (codec) {
                case GZIP -> out.put(gzip(piece));
                case ZSTD -> out.put(Zstd.compress(piece));
                case LZO -> frame(out, piece.length, lzo(piece));
                default -> frame(out, piece.length, lz4(piece));
            }
        }
        return out.bytes();
    }

    private static void frame(ByteSink out, int length, byte[] block) {
        if (length > 0) {
            out.putBigEndian(length).putBigEndian(block.length).put(block);
        }
    }

    private static byte[] gzip(byte[] piece) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(piece);
        }
        return out.toByteArray();
    }

    private static byte[] lz4(byte[] piece) {
        return LZ4Factory.safeInstance().fastCompressor().compress(piece);
    }

    private static byte[] lzo(byte[] piece) {
        LzoCompressor compressor = new LzoCompressor();
        byte[] out = new byte[compressor.maxCompressedLength(piece.length)];
        return Arrays.copyOf(out, compressor.compress(piece, 0, piece.length, out, 0, out.length));
    }

    private static byte[] brotli(byte[] body) throws IOException {
        Brotli4jLoader.ensureAvailability();
        return Encoder.compress(body);
    }
}
