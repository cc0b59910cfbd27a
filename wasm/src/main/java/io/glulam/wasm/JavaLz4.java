package io.glulam.wasm;

import io.glulam.format.CompressionCodec;
import io.glulam.page.codec.CheckedCodec;
import io.glulam.page.codec.HadoopBlocks;
import io.glulam.page.codec.Lz4Framing;
import io.glulam.page.codec.Lz4Start;
import java.io.IOException;

/** LZ4_RAW, one block, or LZ4, which writes Hadoop's framing and reads what {@link Lz4Framing} tells. */
final class JavaLz4 extends CheckedCodec {
    /** Uncompressed bytes of a block in Hadoop's framing. */
    private static final int BLOCK = 128 << 10;

    private final boolean framed;
    private final MatchFinder matches = new MatchFinder();

    /** @param framed whether it is LZ4, and not LZ4_RAW */
    JavaLz4(boolean framed) {
        super(framed ? CompressionCodec.LZ4 : CompressionCodec.LZ4_RAW);
        this.framed = framed;
    }

    @Override
    protected int unpack(byte[] source, int from, int length, byte[] target, int targetFrom, int room)
            throws IOException {
        return framed && Lz4Framing.detect(source, from, length, room) == Lz4Framing.HADOOP
                ? HadoopBlocks.unpack(source, from, length, target, targetFrom, room, Lz4Blocks::unpack)
                : Lz4Blocks.unpack(source, from, length, target, targetFrom, room);
    }

    @Override
    protected int unpackStart(byte[] source, int from, int length, byte[] target, int targetFrom, int wanted)
            throws IOException {
        return framed ? 0 : Lz4Start.unpack(source, from, from + length, target, targetFrom, wanted);
    }

    @Override
    public int maxCompressedLength(int length) {
        int blocks = framed ? length / BLOCK + 1 : 1;
        return Math.addExact(length, length / 255 + blocks * (16 + 2 * Integer.BYTES));
    }

    @Override
    protected int pack(byte[] source, int from, int length, byte[] target, int targetFrom) {
        if (!framed) {
            return Lz4Blocks.pack(matches, source, from, length, target, targetFrom);
        }
        if (length == 0) {
            HadoopBlocks.writeInt(target, targetFrom, 0);
            return Integer.BYTES;
        }
        int position = targetFrom;
        for (int packed = 0; packed < length; packed += BLOCK) {
            int block = Math.min(BLOCK, length - packed);
            int body = position + 2 * Integer.BYTES;
            int chunk = Lz4Blocks.pack(matches, source, from + packed, block, target, body);
            HadoopBlocks.writeInt(target, position, block);
            HadoopBlocks.writeInt(target, position + Integer.BYTES, chunk);
            position = body + chunk;
        }
        return position - targetFrom;
    }
}
