package io.glulam.codec;

import io.airlift.compress.lzo.LzoDecompressor;
import io.glulam.format.CompressionCodec;
import io.glulam.page.codec.CheckedCodec;
import io.glulam.page.codec.HadoopBlocks;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** LZO within Hadoop's framing, to read only: no library that writes it may be linked. */
final class LzoCodec extends CheckedCodec {
    private @Nullable LzoDecompressor decompressor;

    LzoCodec() {
        super(CompressionCodec.LZO);
    }

    @Override
    protected int unpack(byte[] source, int from, int length, byte[] target, int targetFrom, int room)
            throws IOException {
        if (decompressor == null) {
            decompressor = new LzoDecompressor();
        }
        return HadoopBlocks.unpack(source, from, length, target, targetFrom, room, decompressor::decompress);
    }

    @Override
    public int maxCompressedLength(int length) {
        return length;
    }

    @Override
    protected int pack(byte[] source, int from, int length, byte[] target, int targetFrom) {
        throw new AssertionError("refused before");
    }

    @Override
    protected String dependency() {
        return "io.airlift:aircompressor";
    }
}
