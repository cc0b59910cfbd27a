package io.glulam.codec;

import io.glulam.format.CompressionCodec;
import io.glulam.page.codec.CheckedCodec;
import io.glulam.page.codec.HadoopBlocks;
import io.glulam.page.codec.Lz4Framing;
import java.io.IOException;

/** The deprecated codec LZ4: Hadoop's framing is written; {@link Lz4Framing} tells what is read. */
final class Lz4Codec extends CheckedCodec {
    /** Uncompressed bytes of a block: it must fit the 256 KiB buffers of Hadoop's decompressor, packed or not. */
    private static final int BLOCK = 128 << 10;

    Lz4Codec() {
        super(CompressionCodec.LZ4);
    }

    @Override
    protected int unpack(byte[] source, int from, int length, byte[] target, int targetFrom, int room)
            throws IOException {
        return switch (Lz4Framing.detect(source, from, length, room)) {
            case HADOOP -> HadoopBlocks.unpack(source, from, length, target, targetFrom, room, Lz4Blocks::unpack);
            case RAW -> Lz4Blocks.unpack(source, from, length, target, targetFrom, room);
        };
    }

    @Override
    public int maxCompressedLength(int length) {
        int blocks = length / BLOCK + 1;
        return Math.addExact(length, length / 255 + blocks * (16 + 2 * Integer.BYTES));
    }

    @Override
    protected int pack(byte[] source, int from, int length, byte[] target, int targetFrom) {
        if (length == 0) {
            HadoopBlocks.writeInt(target, targetFrom, 0);
            return Integer.BYTES;
        }
        int position = targetFrom;
        for (int packed = 0; packed < length; packed += BLOCK) {
            int block = Math.min(BLOCK, length - packed);
            int body = position + 2 * Integer.BYTES;
            int chunk = Lz4Blocks.pack(source, from + packed, block, target, body);
            HadoopBlocks.writeInt(target, position, block);
            HadoopBlocks.writeInt(target, position + Integer.BYTES, chunk);
            position = body + chunk;
        }
        return position - targetFrom;
    }

    @Override
    protected String dependency() {
        return "at.yawk.lz4:lz4-java";
    }
}
