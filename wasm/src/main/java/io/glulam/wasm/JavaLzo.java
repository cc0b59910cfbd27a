package io.glulam.wasm;

import io.glulam.format.CompressionCodec;
import io.glulam.page.codec.CheckedCodec;
import io.glulam.page.codec.HadoopBlocks;
import java.io.IOException;

/** LZO within Hadoop's framing, to read only, as in the JVM. */
final class JavaLzo extends CheckedCodec {
    JavaLzo() {
        super(CompressionCodec.LZO);
    }

    @Override
    protected int unpack(byte[] source, int from, int length, byte[] target, int targetFrom, int room)
            throws IOException {
        return HadoopBlocks.unpack(source, from, length, target, targetFrom, room, LzoBlocks::unpack);
    }

    @Override
    public int maxCompressedLength(int length) {
        return length;
    }

    @Override
    protected int pack(byte[] source, int from, int length, byte[] target, int targetFrom) {
        throw new AssertionError("refused before");
    }
}
